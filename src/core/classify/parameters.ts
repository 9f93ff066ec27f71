/** The parameters of an input schema whose names tell what the tool does: a bounded, flat list. */
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

/** Far above what real schemas have, so that nothing telling hides behind padding. */
const MAX_VISITED = 5_000;
const MAX_DEPTH = 4;
const MAX_VALUES = 200;
const MAX_KEY_CHARS = 80;
const NO_VALUES: readonly string[] = [];

/** Where a parameter stands: `inputSchema.properties.action`. */
export function pathOf({ within, name }: Parameter): string {
  return `${within}.properties.${name}`;
}

/** The parameters whose key is among `telling`, in the order of the schema, nested ones included. */
export function parametersOf(inputSchema: JsonObject | undefined, telling: ReadonlySet<string>): Parameter[] {
  const found: Parameter[] = [];
  if (inputSchema !== undefined) collect(inputSchema, 'inputSchema', 0, { found, telling, left: MAX_VISITED });
  return found;
}

interface Search {
  readonly found: Parameter[];
  readonly telling: ReadonlySet<string>;
  left: number;
}

function collect(schema: JsonObject, within: string, depth: number, search: Search): void {
  if (depth > MAX_DEPTH) return;
  const { properties, items } = schema;
  if (isObject(properties)) {
    for (const name in properties) {
      if (search.left-- <= 0) return;
      const property = properties[name];
      if (!isObject(property)) continue;
      const key = keyOf(name);
      if (search.telling.has(key)) search.found.push(toParameter(name, key, property, within, depth === 0));
      if (isNested(property)) collect(property, `${within}.properties.${name}`, depth + 1, search);
    }
  }
  for (const keyword of UNIONS) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [at, branch] of branches.slice(0, MAX_BRANCHES).entries())
      if (isObject(branch)) collect(branch, `${within}.${keyword}.${at}`, depth + 1, search);
  }
  if (isObject(items)) collect(items, `${within}.items`, depth + 1, search);
}

function toParameter(name: string, key: string, schema: JsonObject, within: string, isTop: boolean): Parameter {
  const type = typeof schema.type === 'string' ? schema.type : null;
  return { name, key, type, values: valuesOf(schema), isTop, within };
}

const UNIONS = ['oneOf', 'anyOf', 'allOf'] as const;
const MAX_BRANCHES = 20;

function isNested({ properties, items, oneOf, anyOf, allOf }: JsonObject): boolean {
  return (properties ?? items ?? oneOf ?? anyOf ?? allOf) !== undefined;
}

const keys = new Map<string, string>();
const MAX_KEYS = 1_000;

/** Remembers the last keys made: tools share most names of parameters, and a look-up takes a fifth of making one. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = makeKey(name.slice(0, MAX_KEY_CHARS));
  if (keys.size === MAX_KEYS) keys.clear();
  if (name.length <= MAX_KEY_CHARS) keys.set(name, key);
  return key;
}

function makeKey(name: string): string {
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
