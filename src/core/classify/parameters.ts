/** The parameters of an input schema, as far as the rules read them: a bounded, flat list. */
import { isObject, type JsonObject } from '../tool.ts';

export interface Parameter {
  /** Where it stands: `inputSchema.properties.action`. */
  readonly path: string;
  readonly name: string;
  /** Lower case, with the words joined by `_`. */
  readonly key: string;
  readonly type: string | null;
  /** Its permitted string values, where they are listed. */
  readonly values: readonly string[];
  readonly description: string;
  readonly required: boolean;
  /** Whether it stands at the top of the schema. */
  readonly isTop: boolean;
}

const MAX_PARAMETERS = 200;
const MAX_DEPTH = 4;
const MAX_KEY_CHARS = 80;
const MAX_VALUES = 200;
const MAX_DESCRIPTION_CHARS = 400;

export function parametersOf(inputSchema: JsonObject | undefined): Parameter[] {
  const found: Parameter[] = [];
  if (inputSchema !== undefined) collect(inputSchema, 'inputSchema', 0, found);
  return found;
}

function collect(schema: JsonObject, path: string, depth: number, found: Parameter[]): void {
  if (depth > MAX_DEPTH) return;
  if (isObject(schema.properties)) {
    const required = Array.isArray(schema.required) ? schema.required : [];
    for (const name of Object.keys(schema.properties)) {
      if (found.length >= MAX_PARAMETERS) return;
      const property = schema.properties[name];
      if (!isObject(property)) continue;
      const at = `${path}.properties.${name}`;
      found.push(parameter(name, property, { path: at, required: required.includes(name), isTop: depth === 0 }));
      collect(property, at, depth + 1, found);
    }
  }
  for (const keyword of ['oneOf', 'anyOf', 'allOf'] as const) {
    const branches = schema[keyword];
    if (!Array.isArray(branches)) continue;
    for (const [at, branch] of branches.slice(0, 20).entries())
      if (isObject(branch)) collect(branch, `${path}.${keyword}.${at}`, depth + 1, found);
  }
  if (isObject(schema.items)) collect(schema.items, `${path}.items`, depth + 1, found);
}

function parameter(name: string, schema: JsonObject, place: Pick<Parameter, 'path' | 'required' | 'isTop'>): Parameter {
  return {
    ...place,
    name,
    key: keyOf(name.slice(0, MAX_KEY_CHARS)),
    type: typeof schema.type === 'string' ? schema.type : null,
    values: valuesOf(schema),
    description: typeof schema.description === 'string' ? schema.description.slice(0, MAX_DESCRIPTION_CHARS) : '',
  };
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
function valuesOf(schema: JsonObject): string[] {
  const values: unknown[] = [];
  if (Array.isArray(schema.enum)) values.push(...schema.enum.slice(0, MAX_VALUES));
  if (schema.const !== undefined) values.push(schema.const);
  for (const branches of [schema.oneOf, schema.anyOf]) {
    if (!Array.isArray(branches)) continue;
    for (const branch of branches.slice(0, MAX_VALUES)) if (isObject(branch)) values.push(...valuesOf(branch));
  }
  if (isObject(schema.items) && Array.isArray(schema.items.enum))
    values.push(...schema.items.enum.slice(0, MAX_VALUES));
  return values.filter((value) => typeof value === 'string');
}
