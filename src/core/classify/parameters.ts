/** The parameters of an input schema whose names tell what the tool does: a bounded, flat list. */
import { isObject, type JsonObject } from '../tool.ts';
import { NO_OFFERS, type Offer, permittedBy } from './permitted-values.ts';
import { proposals } from './proposals.ts';
import { branchesOf, hasBranches, isNested } from './schema-branches.ts';

export interface Parameter {
  readonly name: string;
  /** Lower case, with the words joined by `_`. */
  readonly key: string;
  readonly type: string | null;
  /** Its permitted string values, where they are listed. */
  readonly values: readonly Offer[];
  /** Whether any other text is taken as well. */
  readonly isOpen: boolean;
  /** Values that its default, its examples and its description propose, where none are listed. */
  readonly proposed: readonly Offer[];
  /** Whether it stands at the top of the schema, or in the one object that all arguments are wrapped in. */
  readonly isTop: boolean;
  /** Where the schema that holds it stands: `inputSchema`. See `pathOf`. */
  readonly within: string;
}

/** Far above what real schemas have, so that nothing telling hides behind padding or deep down. */
const MAX_VISITED = 50_000;
const MAX_DEPTH = 12;
const MAX_KEY_CHARS = 80;

/** Where a parameter stands: `inputSchema.properties.action`. */
export function pathOf({ within, name }: Parameter): string {
  return `${within}.properties.${name}`;
}

/** The parameters whose key is among `telling`, in the order of the schema, nested ones and those behind a `$ref` included. */
export function parametersOf(inputSchema: JsonObject | undefined, telling: ReadonlySet<string>): Parameter[] {
  const found: Parameter[] = [];
  if (inputSchema !== undefined)
    collect(
      inputSchema,
      'inputSchema',
      { depth: 0, isTop: true },
      { found, telling, root: inputSchema, left: MAX_VISITED },
    );
  return found;
}

interface Search {
  readonly found: Parameter[];
  readonly telling: ReadonlySet<string>;
  readonly root: JsonObject;
  /** How many schemas may still be looked at: a `$ref` can lead in a circle. */
  left: number;
}

interface Level {
  readonly depth: number;
  readonly isTop: boolean;
}

function collect(schema: JsonObject, within: string, { depth, isTop }: Level, search: Search): void {
  if (depth > MAX_DEPTH) return;
  const { properties } = schema;
  if (isObject(properties)) {
    for (const name in properties) {
      if (search.left-- <= 0) return;
      const property = properties[name];
      if (!isObject(property)) continue;
      const key = keyOf(name);
      if (search.telling.has(key) || isDestroyingKey(key))
        search.found.push(toParameter(name, key, property, { within, isTop, search }));
      if (!isNested(property)) continue;
      const isWrapper = isTop && Object.keys(properties).length === 1;
      collect(property, `${within}.properties.${name}`, { depth: depth + 1, isTop: isWrapper }, search);
    }
  }
  if (!hasBranches(schema)) return;
  for (const [step, branch] of branchesOf(schema, search.root)) {
    if (search.left-- <= 0) return;
    collect(branch, `${within}.${step}`, { depth: depth + 1, isTop: isTop && step !== 'items' }, search);
  }
}

/** `delete_original`, but not `delete_protection`. */
export function isDestroyingKey(key: string): boolean {
  return key.startsWith('d') && /^(?:delete|destroy)(?:_(?!protect|on_|enabled)|$)/.test(key);
}

interface Found {
  readonly within: string;
  readonly isTop: boolean;
  readonly search: Search;
}

function toParameter(name: string, key: string, property: JsonObject, { within, isTop, search }: Found): Parameter {
  const { type, values, isOpen } = permittedBy(property, search.root);
  return {
    name,
    key,
    type,
    values,
    isOpen,
    proposed: values.length === 0 ? proposals(property) : NO_OFFERS,
    isTop,
    within,
  };
}

const keys = new Map<string, string>();
const MAX_KEYS = 1_000;

/** Remembers the last keys made: tools share most names of parameters, and a look-up takes a fifth of making one. */
export function keyOf(name: string): string {
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
