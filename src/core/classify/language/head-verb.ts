/** Where a sentence says what it says is done: its head verb, past titles, subjects and introductions. */
import type { Place } from './action.ts';
import type { Lexicon } from './lexicon.ts';
import { isPunctuation } from './object-phrase.ts';
import type { Word } from './split-words.ts';
import type { InflectedVerb } from './verb.ts';

/** Verbs that introduce the one that counts: "allows users to retrieve", "use this to delete", "helps you find". */
const INTRODUCING = new Set(
  'allow let enable help use call support serve provide require need make want be try request attempt permit empower'.split(
    ' ',
  ),
);
/** "Use X instead", "Call this first" tell the reader what to do, not what the tool does. */
const INSTRUCTING = new Set(['use', 'call']);
const NEGATIONS = new Set(
  "not without never no cannot can't doesn't don't won't isn't nor neither avoid instead".split(' '),
);
export const JOINING = new Set(['and', 'or', 'then', 'y', 'e', 'et', 'ou', 'und', 'oder', ',', '/', '&', '|']);
/** How far into a sentence its verb may stand. */
const MAX_REACH = 28;

export interface Head {
  readonly at: number;
  readonly found: InflectedVerb;
  readonly place: Place;
}

/** The head verb, or null where the sentence has none, or tells the reader what to do. */
export function headOf(words: readonly Word[], lexicon: Lexicon): Head | null {
  for (let at = 0; at < words.length && at < MAX_REACH; at++) {
    const opening = opensClause(words, at, lexicon);
    if (!opening && !canBeVerbInside(words, at, lexicon)) continue;
    const found = lexicon.inflected((words[at] as Word).text);
    if (found === undefined || isNegated(words, at) || isTitle(words, at, found)) continue;
    if (INTRODUCING.has(found.verb.lemma)) {
      const introduced = introducedVerb(words, at, lexicon);
      if (introduced !== null) return introduced;
      if (INSTRUCTING.has(found.verb.lemma)) return null;
      if (!opening) continue;
    }
    return { at, found, place: 'leading' };
  }
  return null;
}

/** "Search operations", "Delete tool": the word names a thing, not what is done. */
function isTitle(words: readonly Word[], at: number, { form }: InflectedVerb): boolean {
  return form === 'base' && TITLE_NOUNS.has(words[at + 1]?.text ?? '');
}
const TITLE_NOUNS = new Set(
  'operations operation commands tool tools api apis endpoint engine functionality'.split(' '),
);

/** At the start of the sentence, or behind a title that ends in a colon, a bar or a dash; adverbs are passed over. */
function opensClause(words: readonly Word[], at: number, lexicon: Lexicon): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const { text } = words[before] as Word;
    if (isPunctuation(text) && text !== '/' && text !== '&' && text !== ',' && text !== '(' && text !== ')')
      return before < 9;
    if (!lexicon.modifiers.has(text) && !FOREIGN_OPENINGS.has(text) && !isAdverb(text) && !/^\d+$/.test(text))
      return false;
  }
  return true;
}

/** "Esta herramienta", "permet de", "dieses Werkzeug": what other languages put before the verb. */
const FOREIGN_OPENINGS = new Set(
  'esta este herramienta ferramenta función função permite cet cette outil fonction permet de dieses dieser diese werkzeug funktion'.split(
    ' ',
  ),
);

/**
 * Inside a sentence a verb is believed behind "to" ("used to delete"), as a sure third person behind a subject
 * ("this endpoint creates"), or as a gerund behind "for" and "by" ("a tool for deleting").
 */
function canBeVerbInside(words: readonly Word[], at: number, lexicon: Lexicon): boolean {
  const { text } = words[at] as Word;
  const found = lexicon.inflected(text);
  if (found === undefined) return false;
  const before = beforeAdverbs(words, at);
  if (INTRODUCING.has(found.verb.lemma)) return true;
  if (found.form === 'base') return before !== null && (BEFORE_BASE.has(before) || isYours(words, at));
  if (found.form === 'third' && isToolThat(words, at)) return true;
  if (found.form === 'gerund') return before === 'for' || before === 'by';
  return (
    found.verb.surety === 'strong' &&
    before !== null &&
    !lexicon.determiners.has(before) &&
    !lexicon.prepositions.has(before) &&
    !JOINING.has(before) &&
    !isConditional(words, at)
  );
}

/** "Plays on until the game changes": what has to happen first is not what is done. */
function isConditional(words: readonly Word[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const { text } = words[before] as Word;
    if (isPunctuation(text)) return false;
    if (CONDITIONS.has(text)) return true;
  }
  return false;
}
const CONDITIONS = new Set(['until', 'when', 'whenever', 'once', 'if', 'unless', 'while', 'after', 'before']);

/** "This endpoint lets you cancel", "with this tool you can remove". */
function isYours(words: readonly Word[], at: number): boolean {
  const [first, second] = [words[at - 2]?.text ?? '', words[at - 1]?.text];
  return second === 'you' ? LETTING.has(first) : second === 'can' && first === 'you';
}
const LETTING = new Set(['lets', 'let', 'helps', 'help']);

/** "Tool that fetches a page". */
function isToolThat(words: readonly Word[], at: number): boolean {
  return at < 5 && RELATIVE.has(words[at - 1]?.text ?? '') && TOOLS.has(words[at - 2]?.text ?? '');
}
const RELATIVE = new Set(['that', 'which']);
const TOOLS = new Set(['tool', 'function', 'endpoint', 'command', 'utility', 'operation', 'helper']);

const BEFORE_BASE = new Set(['to', 'will', 'must']);

/** The word before, past adverbs: "to permanently delete". */
export function beforeAdverbs(words: readonly Word[], at: number): string | null {
  let before = at - 1;
  while (before >= 0 && isPassedOver((words[before] as Word).text)) before--;
  return words[before]?.text ?? null;
}

/** "Call this when writing code" says when to call, not what is done. */
const OCCASIONS = new Set(['the', 'when', 'before', 'after', 'while', 'if', 'instead']);

/** "Use when somebody needs a link to book a meeting." */
const WHEN = new Set(['when', 'whenever', 'if', 'before', 'after']);

function introducedVerb(words: readonly Word[], introducing: number, lexicon: Lexicon): Head | null {
  if (WHEN.has(words[introducing + 1]?.text ?? '')) return null;
  for (let at = introducing + 1; at < words.length && at < introducing + 10; at++) {
    const found = lexicon.inflected((words[at] as Word).text);
    if (found === undefined || INTRODUCING.has(found.verb.lemma) || isNegated(words, at)) continue;
    const before = beforeAdverbs(words, at);
    const isBare =
      found.form === 'base' && (before === 'to' || before === 'you' || before === 'users' || before === 'agents');
    if (isBare || (found.form === 'gerund' && !OCCASIONS.has(before ?? ''))) return { at, found, place: 'leading' };
  }
  return null;
}

/** Whether a verb stands behind "not", "without" and the like. */
export function isNegated(words: readonly Word[], at: number): boolean {
  for (let before = at - 1; before >= 0 && before >= at - 3; before--)
    if (NEGATIONS.has((words[before] as Word).text)) return true;
  return false;
}

const LINKING = new Set(['also', 'afterwards', 'later']);

/** Adverbs and what says when or that it is not all. */
function isPassedOver(text: string): boolean {
  return isAdverb(text) || LINKING.has(text);
}

export function isAdverb(text: string): boolean {
  return text.length > 4 && text.endsWith('ly');
}
