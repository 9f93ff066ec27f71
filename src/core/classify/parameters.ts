/** The parameters of an input schema, as far as the rules read them: a bounded, flat list. */
import { isObject, type JsonObject } from '../tool.ts';

export interface Parameter {
  readonly name: string;
  /** Lower case, with the words joined by `_`. */
  readonly key: string;
  readonly type: string | null;
  /** Its permitted string values, where they are listed. */
  readonly values: readonly string[];
  /** Whether it stands at the top of the schema. */
  readonly isTop: boolean;
  /** Where the schema that holds it stands: `inputSchema`. See `pathOf`. */
  readonly within: string;
}

const MAX_PARAMETERS = 200;
const MAX_DEPTH = 4;
const MAX_VALUES = 200;
const MAX_KEY_CHARS = 80;
const NO_VALUES: readonly string[] = [];

/** Where a parameter stands: `inputSchema.properties.action`. */
export function pathOf({ within, name }: Parameter): string {
  return `${within}.properties.${name}`;
}

export function parametersOf(inputSchema: JsonObject | undefined): Parameter[] {
  const found: Parameter[] = [];
  if (inputSchema !== undefined) collect(inputSchema, 'inputSchema', 0, found);
  return found;
}

function collect(schema: JsonObject, within: string, depth: number, found: Parameter[]): void {
  if (depth > MAX_DEPTH) return;
  const { properties, items } = schema;
  if (isObject(properties)) {
    for (const name of Object.keys(properties)) {
      if (found.length >= MAX_PARAMETERS) return;
      const property = properties[name];
      if (!isObject(property)) continue;
      found.push({
        name,
        key: keyOf(name.slice(0, MAX_KEY_CHARS)),
        type: typeof property.type === 'string' ? property.type : null,
        values: valuesOf(property),
        isTop: depth === 0,
        within,
      });
      if (isNested(property)) collect(property, `${within}.properties.${name}`, depth + 1, found);
    }
  }
  for (const keyword of UNIONS) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [at, branch] of branches.slice(0, MAX_BRANCHES).entries())
      if (isObject(branch)) collect(branch, `${within}.${keyword}.${at}`, depth + 1, found);
  }
  if (isObject(items)) collect(items, `${within}.items`, depth + 1, found);
}

const UNIONS = ['oneOf', 'anyOf', 'allOf'] as const;
const MAX_BRANCHES = 20;

function isNested({ properties, items, oneOf, anyOf, allOf }: JsonObject): boolean {
  return (properties ?? items ?? oneOf ?? anyOf ?? allOf) !== undefined;
}

/** Most names are a key already, and asking is cheaper than making one. */
function keyOf(name: string): string {
  if (/^[a-z0-9_]*$/.test(name)) return name;
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_');
}

/** The strings of `enum` and `const`, also where they stand in `anyOf`, `oneOf` or the items of an array. */
function valuesOf(schema: JsonObject): readonly string[] {
  const { enum: listed, const: only, oneOf, anyOf, items } = schema;
  if ((listed ?? only ?? oneOf ?? anyOf ?? items) === undefined) return NO_VALUES;
  const values: unknown[] = [only];
  if (Array.isArray(listed)) values.push(...listed.slice(0, MAX_VALUES));
  for (const branches of [oneOf, anyOf]) {
    if (!Array.isArray(branches)) continue;
    for (const branch of branches.slice(0, MAX_BRANCHES)) if (isObject(branch)) values.push(...valuesOf(branch));
  }
  if (isObject(items) && Array.isArray(items.enum)) values.push(...items.enum.slice(0, MAX_VALUES));
  return values.filter((value) => typeof value === 'string');
}
