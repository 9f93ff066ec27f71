/** What an input schema says of one argument. It errs on the side of saying less: only what it surely rules out counts. */
import { isObject, type JsonObject } from '../../tool.ts';

export const JSON_TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object'] as const;
export type JsonType = (typeof JSON_TYPES)[number];

/** The values an argument can have; null where nothing is said. */
export interface Domain {
  readonly types: ReadonlySet<JsonType> | null;
  readonly values: readonly unknown[] | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export const ANYTHING: Domain = { types: null, values: null, minimum: null, maximum: null };

export type Argument =
  | { readonly isKnown: true; readonly domain: Domain }
  /** The names that stand beside it, and whether the schema takes others as well. */
  | { readonly isKnown: false; readonly beside: readonly string[]; readonly isOpen: boolean; readonly depth: number };

const MAX_SCHEMAS = 200;

/** The argument at `steps` below the input schema. */
export function argumentIn(inputSchema: JsonObject, steps: readonly string[]): Argument {
  let schemas = expanded([inputSchema], inputSchema);
  for (const [depth, step] of steps.entries()) {
    const next = schemas.flatMap((schema) => schemasBelow(schema, step));
    if (next.length === 0) return { ...unknownIn(schemas), depth };
    schemas = expanded(next, inputSchema);
  }
  return { isKnown: true, domain: domainOf(schemas) };
}

function schemasBelow({ properties, items, prefixItems }: JsonObject, step: string): unknown[] {
  const found: unknown[] = [];
  if (isObject(properties) && Object.hasOwn(properties, step)) found.push(properties[step]);
  if (/^\d+$/.test(step)) {
    const first = Array.isArray(prefixItems) ? prefixItems[Number(step)] : undefined;
    if (first !== undefined) found.push(first);
    else if (items !== undefined) found.push(items);
  }
  return found;
}

function unknownIn(schemas: readonly JsonObject[]): { isKnown: false; beside: string[]; isOpen: boolean } {
  const beside = schemas.flatMap(({ properties }) => (isObject(properties) ? Object.keys(properties) : []));
  return { isKnown: false, beside: [...new Set(beside)], isOpen: schemas.length === 0 || schemas.some(isOpen) };
}

/** By the book every schema is open; one that lists its properties means them unless it says otherwise. */
function isOpen({ type, properties, additionalProperties, patternProperties }: JsonObject): boolean {
  if (additionalProperties === false) return false;
  if (isObject(additionalProperties) || additionalProperties === true || patternProperties !== undefined) return true;
  return properties === undefined && (type === undefined || type === 'object' || Array.isArray(type));
}

/** The schemas themselves with their alternatives, and what they refer to within `root`. */
function expanded(schemas: readonly unknown[], root: JsonObject): JsonObject[] {
  const all = new Set<JsonObject>();
  const queue = [...schemas];
  while (queue.length > 0 && all.size < MAX_SCHEMAS) {
    const schema = queue.shift();
    if (schema === true) all.add({});
    if (!isObject(schema) || all.has(schema)) continue;
    all.add(schema);
    for (const key of ['anyOf', 'oneOf', 'allOf'] as const) {
      const branches = schema[key];
      if (Array.isArray(branches)) queue.push(...branches.slice(0, MAX_SCHEMAS));
    }
    if (typeof schema.$ref === 'string') queue.push(referred(schema.$ref, root));
  }
  // A wrapper alone says nothing itself.
  return [...all].filter((schema) => !isWrapper(schema));
}

function isWrapper(schema: JsonObject): boolean {
  const { anyOf, oneOf, allOf, $ref, type, enum: listed, const: only, properties, items } = schema;
  return (
    (anyOf ?? oneOf ?? allOf ?? $ref) !== undefined &&
    (type ?? listed ?? properties ?? items) === undefined &&
    only === undefined
  );
}

/** `#/$defs/name`; what it leads to, or a schema that takes anything. */
function referred(reference: string, root: JsonObject): unknown {
  if (!reference.startsWith('#')) return {};
  let found: unknown = root;
  for (const step of reference.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return {};
    found = (found as JsonObject)[key];
  }
  return found;
}

function domainOf(schemas: readonly JsonObject[]): Domain {
  const types = schemas.map(typesOf);
  const values = schemas.map(valuesOf);
  const [only] = schemas;
  const bounds = schemas.length === 1 && only !== undefined ? only : {};
  return {
    types: isWhole(types) ? new Set(types.flat()) : null,
    values: isWhole(values) ? values.flat() : null,
    minimum: typeof bounds.minimum === 'number' ? bounds.minimum : null,
    maximum: typeof bounds.maximum === 'number' ? bounds.maximum : null,
  };
}

const isWhole = <T>(parts: readonly (T | null)[]): parts is readonly T[] =>
  parts.length > 0 && parts.every((part) => part !== null);

function typesOf({ type, enum: listed, const: only, nullable }: JsonObject): JsonType[] | null {
  const named = (Array.isArray(type) ? type : type === undefined ? [] : [type]).map((each) =>
    each === 'integer' ? 'number' : each,
  );
  const known = named.filter((each): each is JsonType => (JSON_TYPES as readonly unknown[]).includes(each));
  if (known.length > 0) return nullable === true ? [...known, 'null'] : known;
  if (Array.isArray(listed)) return listed.map(typeOf);
  return only === undefined ? null : [typeOf(only)];
}

function valuesOf({ type, enum: listed, const: only, nullable }: JsonObject): unknown[] | null {
  if (only !== undefined) return [only];
  if (Array.isArray(listed)) return nullable === true ? [...listed, null] : listed;
  return type === 'null' ? [null] : null;
}

export function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}
