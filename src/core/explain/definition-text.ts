import { isObject, type JsonObject, type Tool } from '../tool.ts';

const MAX_LISTED = 100;

/** What stands at a field of the definition, as text: `description`, `inputSchema.properties.action.enum`. Null where nothing does. */
export function definitionText(tool: Tool, field: string): string | null {
  return asText(valueAt({ ...tool }, field));
}

/** Keys may hold dots themselves, so at every step the longest key that fits is taken. */
function valueAt(object: JsonObject, path: string): { key: string; value: unknown } | null {
  const keys = Object.keys(object).filter((key) => path === key || path.startsWith(`${key}.`));
  const key = keys.reduce<string | null>((best, key) => (best === null || key.length > best.length ? key : best), null);
  if (key === null) return null;
  const value = object[key];
  if (path === key) return { key, value };
  if (Array.isArray(value)) return valueAt({ ...value }, path.slice(key.length + 1));
  return isObject(value) ? valueAt(value, path.slice(key.length + 1)) : null;
}

/** A list with commas; a parameter as its name with what is said of it, since its name is what evidence quotes. */
function asText(found: { key: string; value: unknown } | null): string | null {
  if (found === null) return null;
  const { key, value } = found;
  if (Array.isArray(value))
    return value
      .slice(0, MAX_LISTED)
      .filter((item) => typeof item === 'string')
      .join(', ');
  if (isObject(value)) return typeof value.description === 'string' ? `${key}: ${value.description}` : key;
  return value === undefined || value === null ? null : String(value);
}
