/** Actions that a description lists: "Actions: create, list, delete". */
import type { ToolClass } from '../../verdict.ts';
import { readingOf, type Scope } from './action.ts';
import type { DescriptionActions } from './description-actions.ts';
import { barePhrase } from './object-phrase.ts';
import { splitName } from './split-words.ts';

export interface ListedAction {
  readonly start: number;
  readonly end: number;
  readonly class: ToolClass;
}

/** "Actions: create, list, delete", "Supported operations:\n- get\n- drop", "one of the following operations: ..." */
const LIST_HEAD =
  /\b(?:actions?|operations?|modes?|commands?|sub-?commands?|methods?)\b(?: (?:are|include|includes|supported|available))*\s*(?:\*\*)?(?::|\s(?=[a-z]+-[a-z]+,))|\b(?:supported|available|allowed|valid|possible) (?:actions|operations|modes|commands|methods)\s*\(/gi;
const SEPARATOR = /[,;|]|\n\s*(?:[-*•]|\d+[.)])|\band\b|\bor\b/;
const ITEM = /^[\s`'"*]*([A-Za-z][\w-]*)/;
/** "Returns: models, and allowed operations (read, write)": such a list is of what comes back. */
const RETURNED = /\breturns?:(?:(?!\n\s*\n)[^.:])*$/i;
/** "List models with their operations (read, write)": they belong to what is listed. */
const THEIRS = /\btheir\s+(?:\w+\s+)?$/i;
const MAX_TOLD_CHARS = 200;
/** Lists stand near the top; a bound keeps a description made of list heads cheap. */
const MAX_HEADS = 20;
const MAX_LIST_CHARS = 1_200;
const MAX_ITEMS = 60;
const FEWEST_ACTIONS = 2;

/** The actions of the first list of which at least two items, and at least half, begin with a sure verb. */
export function listedActions(
  description: string,
  { actions: said }: DescriptionActions,
  scope: Scope,
): readonly ListedAction[] {
  if (!description.includes(':') && !description.includes('(') && !description.includes('-')) return NONE;
  const reads = said[0]?.class === 'Read' && said[0].strong;
  let heads = 0;
  for (const head of description.matchAll(LIST_HEAD)) {
    if (++heads > MAX_HEADS) break;
    const before = description.slice(Math.max(0, head.index - MAX_TOLD_CHARS), head.index);
    if (RETURNED.test(before) || (reads && THEIRS.test(before))) continue;
    const from = head.index + head[0].length;
    const items = itemsOf(listAfter(description, from));
    const actions = items.flatMap((item) => actionOf(item, from, scope));
    if (actions.length >= FEWEST_ACTIONS && actions.length * 2 >= items.length) return actions;
  }
  return NONE;
}

const NONE: readonly ListedAction[] = [];

interface Item {
  readonly word: string;
  readonly at: number;
}

function itemsOf(list: string): Item[] {
  const items: Item[] = [];
  let at = 0;
  for (const part of list.split(SEPARATOR, MAX_ITEMS)) {
    const word = ITEM.exec(part)?.[1];
    if (word !== undefined) items.push({ word, at: list.indexOf(word, at) });
    at += part.length;
  }
  return items;
}

function actionOf({ word, at }: Item, from: number, scope: Scope): ListedAction[] {
  const { lexicon } = scope;
  const words = splitName(word, lexicon.pairs);
  const verb = lexicon.verbs.get(words[0]?.text ?? '');
  if (verb === undefined || verb.surety === 'weak') return [];
  const object = barePhrase(words.slice(1).map(({ text }) => text));
  const { class: toolClass } = readingOf(verb, object, { atHead: true }, scope);
  return [{ start: from + at, end: from + at + word.length, class: toolClass }];
}

/** A list runs to the end of its sentence, or over the bullets below it. */
function listAfter(text: string, from: number): string {
  const list = text.slice(from, from + MAX_LIST_CHARS);
  const isBulleted = /^\s*\n\s*(?:[-*•]|\d+[.)])/.test(list) || /^\s*[-*•]\s/.test(list);
  const end = isBulleted ? /\n\s*\n/.exec(list) : /[.\n)](?:\s|$)/.exec(list);
  return end === null ? list : list.slice(0, end.index);
}
