/** `${env:NAME}` in a project file: a value that is not written down. */

const PLACEHOLDER = /\$\{env:([^${}:=\s]+)\}/g;

/** The names of the values a text leaves open, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name))];
}

/** What stands for the value called `name`. */
export function placeholder(name: string): string {
  return `\${env:${name}}`;
}

/** Whether a text holds what looks like a placeholder and is none: `${NAME}`, `${input:NAME}`, `${env:NAME:-default}`. */
export function hasForeignPlaceholder(text: string): boolean {
  return text.replaceAll(PLACEHOLDER, '').includes('${');
}

/** The text with the values put in; names without a value stay as they are. */
export function fillPlaceholders(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}

/**
 * The values that make `template` into `text`; null where none do, or where two placeholders stand side by side. A
 * placeholder stands for as few characters as there can be, also for none, and a name that appears twice for the same ones.
 */
export function valuesBetween(template: string, text: string): ReadonlyMap<string, string> | null {
  const [first = '', ...parts] = template.split(PLACEHOLDER);
  if (parts.length === 0) return template === text ? new Map() : null;
  if (!text.startsWith(first)) return null;
  const values = new Map<string, string>();
  let from = first.length;
  for (let at = 0; at < parts.length; at += 2) {
    const name = parts[at] ?? '';
    const after = parts[at + 1] ?? '';
    const isLast = at + 2 === parts.length;
    if (after === '' && !isLast) return null;
    const end = isLast ? text.length - after.length : text.indexOf(after, from);
    if (end < from || (isLast && !text.endsWith(after))) return null;
    const value = text.slice(from, end);
    if ((values.get(name) ?? value) !== value) return null;
    values.set(name, value);
    from = end + after.length;
  }
  return values;
}
