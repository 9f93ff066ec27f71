import { type Action, isPunctuation, objectAfter, type Place, readingOf, type Scope } from './action.ts';
import { leadingSentences } from './description.ts';
import { type InflectedVerb, type Lexicon, singular, type Verb } from './lexicon.ts';
import type { Word } from './split-words.ts';
import { unspacedActions } from './unspaced-actions.ts';

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
const JOINING = new Set(['and', 'or', 'then', ',', '/', '&', '|']);
/** How far into a sentence its verb may stand. */
const MAX_REACH = 28;

/** What a description tells of: the actions of the first sentence that has any. */
export interface DescriptionActions {
  /** The head, then what is joined to it, then what follows. */
  readonly actions: readonly Action[];
  /** Whether an earlier sentence said nothing, so that this one may speak of something else. */
  readonly isLate: boolean;
}

export function descriptionActions(description: string, scope: Scope): DescriptionActions {
  let isLate = false;
  for (const words of leadingSentences(description)) {
    const actions = sentenceActions(words, scope);
    if (actions.length > 0) return { actions, isLate };
    isLate = true;
  }
  return { actions: [], isLate };
}

interface Head {
  readonly at: number;
  readonly found: InflectedVerb;
  readonly place: Place;
}

function sentenceActions(words: readonly Word[], scope: Scope): Action[] {
  const head = headOf(words, scope.lexicon);
  if (head === null) {
    const actions = unspacedActions(words, scope.lexicon);
    return actions.length > 0 ? actions : nominalHead(words, scope);
  }
  return [toAction(words, head, scope), ...followers(words, head, scope)];
}

function toAction(words: readonly Word[], { at, found, place }: Head, scope: Scope): Action {
  const { lexicon } = scope;
  const object = objectAfter(words, at, lexicon);
  const { start, end } = words[at] as Word;
  const carried = lexicon.light.has(found.verb.lemma)
    ? (carriedVerb(object.words, lexicon) ?? changeBegun(words, at, found.verb, lexicon))
    : undefined;
  const verb = carried ?? found.verb;
  const reading = readingOf(verb, object, { atHead: true }, scope);
  return {
    lemma: verb.lemma,
    ...reading,
    place,
    object: object.words,
    target: object.target,
    start,
    end,
    phraseEnd: object.end,
  };
}

/** The noun a light verb carries: "perform a search", "run a find query", "execute a delete operation". */
function carriedVerb(object: readonly string[], lexicon: Lexicon): Verb | undefined {
  const head = object.at(-1) ?? '';
  if (!CARRIERS.has(head)) return lexicon.nominals.get(head);
  return lexicon.verbs.get(object.at(-2) ?? '');
}
/** "Stop following a trader" changes what is followed; it runs nothing. */
function changeBegun(words: readonly Word[], at: number, { lemma }: Verb, lexicon: Lexicon): Verb | undefined {
  if (lemma !== 'start' && lemma !== 'stop') return undefined;
  const next = lexicon.inflected(words[at + 1]?.text ?? '');
  return next?.form === 'gerund' && next.verb.class === 'Write' ? next.verb : undefined;
}

const CARRIERS = new Set(['query', 'operation', 'command', 'request', 'call']);

function headOf(words: readonly Word[], lexicon: Lexicon): Head | null {
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
    if (!lexicon.modifiers.has(text) && !isAdverb(text) && !/^\d+$/.test(text)) return false;
  }
  return true;
}

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
  if (found.form === 'base') return before !== null && BEFORE_BASE.has(before);
  if (found.form === 'gerund') return before === 'for' || before === 'by';
  return (
    found.verb.surety === 'strong' &&
    before !== null &&
    !lexicon.determiners.has(before) &&
    !lexicon.prepositions.has(before) &&
    !JOINING.has(before)
  );
}

const BEFORE_BASE = new Set(['to', 'will', 'must']);

function beforeAdverbs(words: readonly Word[], at: number): string | null {
  let before = at - 1;
  while (before >= 0 && isAdverb((words[before] as Word).text)) before--;
  return words[before]?.text ?? null;
}

function introducedVerb(words: readonly Word[], introducing: number, lexicon: Lexicon): Head | null {
  for (let at = introducing + 1; at < words.length && at < introducing + 10; at++) {
    const found = lexicon.inflected((words[at] as Word).text);
    if (found === undefined || INTRODUCING.has(found.verb.lemma) || isNegated(words, at)) continue;
    const before = beforeAdverbs(words, at);
    const isBare =
      found.form === 'base' && (before === 'to' || before === 'you' || before === 'users' || before === 'agents');
    if (isBare || (found.form === 'gerund' && before !== 'the')) return { at, found, place: 'leading' };
  }
  return null;
}

/** Verbs in the head's form that are joined to it at once ("create or update") or later on ("get a page and delete it"). */
function followers(words: readonly Word[], head: Head, scope: Scope): Action[] {
  const actions: Action[] = [];
  const { inflected, prepositions } = scope.lexicon;
  let adjacent = true;
  for (let at = head.at + 1; at < words.length; at++) {
    const { text } = words[at] as Word;
    if (JOINING.has(text) || isAdverb(text)) continue;
    const before = beforeAdverbs(words, at);
    const found = before !== null && JOINING.has(before) ? inflected(text) : undefined;
    if (found?.verb.surety !== 'strong' || found.form !== head.found.form || isNegated(words, at)) {
      adjacent = false;
      continue;
    }
    const after = words[at + 1]?.text;
    // "create, update, delete operations": what is listed there are nouns, yet they name the actions all the same.
    const isNext = adjacent || before === 'then';
    if (isNext || (after !== undefined && !prepositions.has(after)))
      actions.push(toAction(words, { at, found, place: isNext ? 'joined' : 'later' }, scope));
  }
  return actions;
}

/** A sentence without a verb may be a title whose last noun names the action: "Full workflow update". */
function nominalHead(words: readonly Word[], scope: Scope): Action[] {
  const { lexicon } = scope;
  for (let at = 0; at < words.length && at < 6; at++) {
    const { text, start, end } = words[at] as Word;
    if (isPunctuation(text) || lexicon.prepositions.has(text)) break;
    const verb = lexicon.nominals.get(singular(text)) ?? (at > 0 ? lexicon.verbs.get(text) : undefined);
    const after = words[at + 1]?.text;
    const isLast = after === undefined || isPunctuation(after) || lexicon.prepositions.has(after);
    if (verb === undefined || !isLast) continue;
    const object = { words: words.slice(0, at).map((word) => singular(word.text)), before: null, target: null, end };
    const reading = readingOf(verb, object, { atHead: false }, scope);
    return [
      {
        lemma: verb.lemma,
        ...reading,
        place: 'nominal',
        object: object.words,
        target: object.target,
        start,
        end,
        phraseEnd: end,
      },
    ];
  }
  return [];
}

function isNegated(words: readonly Word[], at: number): boolean {
  for (let before = at - 1; before >= 0 && before >= at - 3; before--)
    if (NEGATIONS.has((words[before] as Word).text)) return true;
  return false;
}

function isAdverb(text: string): boolean {
  return text.length > 4 && text.endsWith('ly');
}
