/** The texts of a definition that evidence can quote, found again by the field that the evidence names. */
import type { Evidence } from '../classification.ts';
import { UNSPACED } from '../classify/language/lexicon.ts';
import { MAX_VALUES } from '../classify/permitted-values.ts';
import { branchesOf } from '../classify/schema-branches.ts';
import { isObject, type JsonObject, type Tool } from '../tool.ts';

/** What stands at a field, as text. */
export interface DefinitionText {
  readonly text: string;
  /** Of a list, its items: evidence quotes a whole one. */
  readonly items: readonly string[] | null;
}

const SEPARATOR = ', ';

/**
 * What stands at a field: `description`, `inputSchema.properties.action.enum`, `inputSchema.properties.action.$ref.enum`.
 * Null where nothing does.
 */
export function definitionText(tool: Tool, field: string): DefinitionText | null {
  return asText(valueAt({ ...tool }, field, { root: tool.inputSchema ?? {}, left: MAX_STEPS }));
}

/** Of the definitions of one name the first that holds all the evidence: the one that the verdict is about. */
export function judgedDefinition(tools: readonly Tool[], evidence: readonly Evidence[]): Tool | undefined {
  const holds = (tool: Tool) =>
    evidence.every(({ field, quote }) => {
      const found = definitionText(tool, field);
      return found !== null && placeOf(found, quote) >= 0;
    });
  return tools.find(holds) ?? tools[0];
}

/** Where the quote stands in the text of a field: as a whole item of a list, else as whole words where it does. */
export function placeOf({ text, items }: DefinitionText, quote: string): number {
  if (quote === '') return -1;
  const item = items?.indexOf(quote) ?? -1;
  if (item < 0) return placeInText(text, quote);
  return (items ?? []).slice(0, item).reduce((start, { length }) => start + length + SEPARATOR.length, 0);
}

/** A text of a million equal letters holds a quote as often. */
const MAX_TRIES = 200;

/** "list" is not the beginning of "listens". */
function placeInText(text: string, quote: string): number {
  const first = text.indexOf(quote);
  for (let start = first, tries = 0; start >= 0 && tries < MAX_TRIES; tries++) {
    if (!isLetter(text[start - 1]) && !isLetter(text[start + quote.length])) return start;
    start = text.indexOf(quote, start + 1);
  }
  return first;
}

/** Scripts without spaces show no words. */
const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /\p{L}/u.test(character) && !UNSPACED.test(character);

interface Found {
  readonly key: string;
  readonly value: unknown;
}

interface Search {
  readonly root: JsonObject;
  /** How many steps may still be tried: keys that begin alike can be combined in many ways. */
  left: number;
}

const MAX_STEPS = 10_000;

/**
 * Follows a path by the keys of the object itself, or by the steps that the classifier takes through a schema, such as
 * `$ref`. Keys may hold dots themselves, so the longest that fits is tried first.
 */
function valueAt(object: JsonObject, path: string, search: Search): Found | null {
  return follow(object, path, search) ?? follow(Object.fromEntries(branchesOf(object, search.root)), path, search);
}

function follow(object: JsonObject, path: string, search: Search): Found | null {
  const fitting = Object.keys(object).filter((key) => path === key || path.startsWith(`${key}.`));
  for (const key of fitting.sort((a, b) => b.length - a.length)) {
    if (search.left-- <= 0) return null;
    const value = object[key];
    if (path === key) return { key, value };
    const inner = Array.isArray(value) ? { ...value } : value;
    const found = isObject(inner) ? valueAt(inner, path.slice(key.length + 1), search) : null;
    if (found !== null) return found;
  }
  return null;
}

/** A parameter is its name with what is said of it, since its name is what evidence quotes. */
function asText(found: Found | null): DefinitionText | null {
  if (found === null) return null;
  const { key, value } = found;
  if (Array.isArray(value)) {
    const items = value.slice(0, MAX_VALUES).filter((item) => typeof item === 'string');
    return { text: items.join(SEPARATOR), items };
  }
  if (isObject(value)) {
    const { description } = value;
    return { text: typeof description === 'string' ? `${key}: ${description}` : key, items: null };
  }
  return value === undefined || value === null ? null : { text: String(value), items: null };
}
