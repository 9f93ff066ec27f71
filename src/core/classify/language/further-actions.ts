/** What a description says is done as well: "Lists the items. Then deletes all of them", "Gets a user and resets it". */
import { CLASS_TABLE, type ToolClass } from '../../verdict.ts';
import { readingOf, type Scope } from './action.ts';
import { type ChangingForm, isCertain, isLoss } from './changing-forms.ts';
import type { Lexicon } from './lexicon.ts';
import { objectAfter } from './object-phrase.ts';
import { type Bond, bondOf, isDetermined, mayBeBound, type Surroundings } from './said-as-done.ts';
import type { Word } from './split-words.ts';

export interface FurtherAction {
  readonly class: ToolClass;
  readonly start: number;
  readonly end: number;
}

const OBJECT = /[^.!?;\n\r]{0,160}/y;
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}'’-]*|[,/&|:()–—;]/gu;
const WORD_BEFORE = /[a-z][a-z'’_-]*|[,(&+–—]/g;
const WORD_BEHIND = /[a-z][a-z'’-]*|[^\s\w'’-]/g;
const MAX_CHARS = 200_000;
const MAX_BEFORE = 320;
const MAX_BEHIND = 80;
const MAX_FOUND = 20;

/** All of a description is searched, each verb with a bounded part of what stands around it: in time linear in its length. */
export function furtherActions(description: string, scope: Scope): readonly FurtherAction[] {
  const { candidate, of } = scope.lexicon.changing;
  const text = inSmallLetters(description.slice(0, MAX_CHARS));
  const found: FurtherAction[] = [];
  // Told where to start, one expression serves all texts: `matchAll` would copy it for each.
  candidate.lastIndex = 0;
  for (let match = candidate.exec(text); match !== null; match = candidate.exec(text)) {
    const { 0: word, index: start } = match;
    const form = of.get(word);
    if (form === undefined || !mayBeBound(text, start)) continue;
    const end = start + word.length;
    const toolClass = classSaid(form, text, { start, end }, scope);
    if (toolClass === null) continue;
    found.push({ class: toolClass, start, end });
    if (found.length === MAX_FOUND) break;
  }
  return found;
}

/** A few letters of other languages change their length, and what is found has to be quoted. */
function inSmallLetters(text: string): string {
  const small = text.toLowerCase();
  return small.length === text.length ? small : text;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function classSaid({ verb, forms }: ChangingForm, text: string, { start, end }: Place, scope: Scope): ToolClass | null {
  if (text.charAt(end) !== ' ' && !forms.includes('participle')) return null;
  const around = surroundings(text, start, end);
  for (const form of forms) {
    const bond = bondOf(form, verb.lemma, around, scope.lexicon);
    if (bond === null) continue;
    if (form === 'participle') return verb.class;
    if (mayBeNoun(around.after, scope.lexicon)) continue;
    const object = objectAfter(phrase(text, start), 0, scope.lexicon);
    const { class: toolClass, strong } = readingOf(verb, object, { atHead: true }, scope);
    if (CLASS_TABLE[toolClass].category !== 'Write' || !(strong || isDetermined(around.after))) continue;
    if (!isLoss(toolClass) && !isCertain(verb)) continue;
    // A prompt that is got "and executed" is carried out by the model that reads it.
    if (toolClass === 'Execute' && bond === 'joined' && around.before.includes('prompt')) continue;
    if (!leavesAllAsIs(verb.lemma, bond, object.words.at(-1) ?? '', around.after)) return toolClass;
  }
  return null;
}

/** "Updates are included", "changes in a page", "lists posts the user wrote": there the word is a noun. */
function mayBeNoun(after: readonly string[], { prepositions }: Lexicon): boolean {
  const [first = '', , third = '', fourth] = after;
  if (prepositions.has(first) || first === 'or' || first === 'no' || first === 'nothing') return true;
  return OWNED.has(third) || (third.endsWith('ed') && fourth === undefined);
}
const OWNED = new Set('has have had made wrote did owns'.split(' '));

/** Where the object shows that nothing but the answer is worked on, or that the call only reads after all. */
function leavesAllAsIs(lemma: string, bond: Bond, object: string, after: readonly string[]): boolean {
  if (READING.has(object)) return true;
  if (bond === 'joined' && MAKING.has(lemma) && MADE.has(object)) return true;
  if (TRIMMING.has(lemma) && (bond === 'joined' || !isDetermined(after)) && TRIMMED.has(object)) return true;
  return KEEPING.has(lemma) && !after.some((word) => PLACING.has(word));
}
/** Work that only reads, whatever runs or sends it ("it then executes the query"), and what counts or times it. */
const READING = new Set(
  (
    'query search request lookup check scan call analysis validation probe ping prompt question inference select ' +
    'timer timeout expiration count rate statistic metric number'
  ).split(' '),
);
const MAKING = new Set(['create', 'write', 'update', 'change', 'edit', 'modify']);
/** What is made of what was read, to be returned: "analyzes a text and creates a summary". */
const MADE = new Set(
  'summary report list map chart plan overview table preview prompt diagram graph index plot digest response result'.split(
    ' ',
  ),
);
const TRIMMING = new Set(['remove', 'drop', 'prune', 'truncate', 'clear', 'scrub', 'eliminate', 'clean', 'delete']);
/** What is left out of an answer: "returns the text, removing the markup". */
const TRIMMED = new Set(
  (
    'markup html formatting tag script style line whitespace space character comment duplicate noise outlier boilerplate ' +
    'header footer prefix suffix field column null value point stopword background response output result data text'
  ).split(' '),
);
/** Said of time and tokens as well; of data only with its place. */
const KEEPING = new Set(['save', 'store', 'mark', 'move', 'stop', 'share', 'post', 'lock', 'run']);
const PLACING = new Set('to in into as on at with them it its their server script command job the each'.split(' '));

function surroundings(text: string, start: number, end: number): Surroundings {
  let from = start;
  const least = Math.max(0, start - MAX_BEFORE);
  while (from > least && !isBoundary(text, from - 1)) from--;
  return {
    before: text.slice(from, start).match(WORD_BEFORE) ?? [],
    after: (text.slice(end, end + MAX_BEHIND).split(/[.!?;\n\r]/, 1)[0] ?? '').match(WORD_BEHIND) ?? [],
    opens: from === 0,
  };
}

const MARKS = '.!?;:';

/** Whether a sentence, or what a colon introduces, ends with the character. */
function isBoundary(text: string, at: number): boolean {
  const char = text.charAt(at);
  if (char === '\n' || char === '\r') return true;
  return MARKS.includes(char) && /[\s'")*]/.test(text.charAt(at + 1));
}

function phrase(text: string, start: number): Word[] {
  OBJECT.lastIndex = start;
  const part = OBJECT.exec(text)?.[0] ?? '';
  return [...part.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
}
