import { CLASS_TABLE } from '../../verdict.ts';
import { type Action, type Scope, toAction } from './action.ts';
import { changeBegun } from './begun-change.ts';
import { firstAnswer } from './description.ts';
import { beforeAdverbs, type Head, headOf, isAdverb, isNegated, JOINING } from './head-verb.ts';
import { singular } from './inflection.ts';
import type { Lexicon } from './lexicon.ts';
import { barePhrase, isPunctuation, objectAfter } from './object-phrase.ts';
import type { Word } from './split-words.ts';
import { unspacedActions } from './unspaced-actions.ts';
import type { InflectedVerb, Verb } from './verb.ts';

/** What a description tells of: the actions of the first sentence that has any. */
export interface DescriptionActions {
  /** The head, then what is joined to it, then what follows. */
  readonly actions: readonly Action[];
  /** Whether an earlier sentence said nothing, so that this one may speak of something else. */
  readonly isLate: boolean;
}

export function descriptionActions(description: string, scope: Scope): DescriptionActions {
  return (
    firstAnswer(description, (words, nth) => {
      const actions = sentenceActions(words, scope);
      return actions.length > 0 ? { actions, isLate: nth > 0 } : null;
    }) ?? NOTHING_SAID
  );
}

const NOTHING_SAID: DescriptionActions = { actions: [], isLate: false };

function sentenceActions(words: readonly Word[], scope: Scope): Action[] {
  const head = headOf(words, scope.lexicon);
  if (head === null) {
    const actions = unspacedActions(words, scope.lexicon);
    return actions.length > 0 ? actions : nominalHead(words, scope);
  }
  return [actionAt(words, head, scope), ...followers(words, head, scope), ...doneBefore(words, head, scope)];
}

function actionAt(words: readonly Word[], { at, found, place }: Head, scope: Scope): Action {
  const { lexicon } = scope;
  const [word, next] = [words[at] as Word, words[at + 1]];
  const whole = next === undefined ? undefined : withParticle(found.verb, next.text, lexicon);
  if (next !== undefined && whole !== undefined)
    return toAction(
      { verb: whole, word: { ...word, end: next.end }, place },
      objectAfter(words, at + 1, lexicon),
      scope,
    );
  const object = objectAfter(words, at, lexicon);
  const carried = lexicon.light.has(found.verb.lemma)
    ? (carriedVerb(object.words, lexicon) ?? changeBegun(found.verb, next?.text, lexicon))
    : undefined;
  return toAction({ verb: carried ?? found.verb, word, place }, object, scope);
}

/** "Turns off a lamp", "look up a word": two words that are one verb. "In" opens a place as often. */
function withParticle({ lemma }: Verb, particle: string, { pairs, verbs }: Lexicon): Verb | undefined {
  return particle !== 'in' && pairs.has(`${lemma} ${particle}`) ? verbs.get(lemma + particle) : undefined;
}

const CARRIERS = new Set(['query', 'operation', 'command', 'request', 'call']);

/** The noun a light verb carries: "perform a search", "run a find query", "execute a delete operation". */
function carriedVerb(object: readonly string[], lexicon: Lexicon): Verb | undefined {
  const head = object.at(-1) ?? '';
  if (!CARRIERS.has(head)) return lexicon.nominals.get(head) ?? foreignNominal(object, lexicon);
  return lexicon.verbs.get(object.at(-2) ?? '');
}

/** "Realiza un pago a un proveedor": of other languages no prepositions are known, so that the object may run on. */
function foreignNominal(object: readonly string[], { foreignNominals }: Lexicon): Verb | undefined {
  for (const word of object) {
    const verb = foreignNominals.get(word);
    if (verb !== undefined) return verb;
  }
  return undefined;
}

/** "Embed a document and store the vectors": before "the" a word that may be a noun is none. */
function isSurely({ verb }: InflectedVerb, after = ''): boolean {
  return verb.surety === 'lead' && (verb.class === 'Write' || verb.lemma === 'remove') && DETERMINED.has(after);
}
const DETERMINED = new Set(['the', 'it', 'them', 'its', 'their', 'a', 'an']);
const BESIDES = new Set(['by', 'while', '(', '–', '—', ';']);
const AFTERWARDS = new Set(['afterwards', 'then', 'later', 'subsequently', 'also', 'finally']);
const TAKEN_UP = new Set('it them they those these each all everything too'.split(' '));

/**
 * "and delete them", "by deleting each": what is taken up again by a pronoun was got before. A prompt that is got "and
 * executed" is carried out by the model that reads it.
 */
function isTakenUp(words: readonly Word[], at: number, head: Head, { inflected }: Lexicon): boolean {
  const before = beforeAdverbs(words, at) ?? '';
  const found = JOINING.has(before) || BESIDES.has(before) ? inflected((words[at] as Word).text) : undefined;
  if (found === undefined || !isChange(found) || isNegated(words, at)) return false;
  if (found.verb.class === 'Execute' && words.slice(head.at, at).some(({ text }) => text === 'prompt')) return false;
  return found.form === head.found.form || (found.form === 'gerund' && isCritical(found));
}

const isCritical = ({ verb }: InflectedVerb): boolean => CLASS_TABLE[verb.class].risk === 'critical';

const isChange = ({ verb }: InflectedVerb): boolean =>
  verb.surety !== 'weak' && CLASS_TABLE[verb.class].category === 'Write';

/** Verbs in the head's form that are joined to it at once ("create or update") or later on ("get a page and delete it"). */
function followers(words: readonly Word[], head: Head, scope: Scope): Action[] {
  const actions: Action[] = [];
  const { inflected, prepositions } = scope.lexicon;
  let adjacent = true;
  for (let at = head.at + 1; at < words.length; at++) {
    const { text } = words[at] as Word;
    if (JOINING.has(text) || isAdverb(text) || AFTERWARDS.has(text)) continue;
    const before = beforeAdverbs(words, at);
    const found =
      before !== null && JOINING.has(before) && !isNounBySlash(words, at, inflected) ? inflected(text) : undefined;
    const after = words[at + 1]?.text;
    if (after !== undefined && TAKEN_UP.has(after) && isTakenUp(words, at, head, scope.lexicon)) {
      const verb = inflected(text);
      if (verb !== undefined) actions.push(actionAt(words, { at, found: verb, place: 'joined' }, scope));
      continue;
    }
    if (
      found === undefined ||
      !(found.verb.surety === 'strong' || isSurely(found, after)) ||
      found.form !== head.found.form ||
      isNegated(words, at)
    ) {
      adjacent = false;
      continue;
    }
    // "create, update, delete operations": what is listed there are nouns, yet they name the actions all the same.
    const isNext =
      adjacent ||
      before === 'then' ||
      (FOREIGN_AND.has(before ?? '') && isForeignChange(found, text) && !isOfOthers(words, head.at, at)) ||
      AFTERWARDS.has(words[at - 1]?.text ?? '');
    if (isNext || (after !== undefined && !prepositions.has(after)))
      actions.push(actionAt(words, { at, found, place: isNext ? 'joined' : 'later' }, scope));
  }
  return actions;
}

/** "Obtiene el usuario y elimina sus datos": what other languages put between two verbs, where the second is told by its form. */
const FOREIGN_AND = new Set(['y', 'e', 'et', 'und']);
const FOREIGN_SUBORDINATE = new Set(
  'que qui quien para pour zum zur como comment wie si wenn sin sans ohne sem'.split(' '),
);

const isForeignChange = ({ verb }: InflectedVerb, text: string): boolean =>
  !text.startsWith(verb.lemma) && CLASS_TABLE[verb.class].category === 'Write';

function isOfOthers(words: readonly Word[], from: number, to: number): boolean {
  return words.slice(from, to).some(({ text }) => FOREIGN_SUBORDINATE.has(text));
}

/** "Delete the logs of a user/agent/run": behind a slash stands a word of the kind that stands before it. */
function isNounBySlash(words: readonly Word[], at: number, inflected: Lexicon['inflected']): boolean {
  return words[at - 1]?.text === '/' && inflected(words[at - 2]?.text ?? '') === undefined;
}

/** "Returns the address after uploading the file." */
function doneBefore(words: readonly Word[], head: Head, scope: Scope): Action[] {
  if (head.found.verb.lemma !== 'return') return [];
  const at = words.findIndex(({ text }, at) => at > head.at && text.endsWith('ing') && words[at - 1]?.text === 'after');
  const found = at < 0 ? undefined : scope.lexicon.inflected((words[at] as Word).text);
  if (found?.form !== 'gerund' || found.verb.surety !== 'strong' || !isChange(found)) return [];
  return [actionAt(words, { at, found, place: 'joined' }, scope)];
}

/** A sentence without a verb may be a title whose last noun names the action: "Full workflow update". */
function nominalHead(words: readonly Word[], scope: Scope): Action[] {
  const { lexicon } = scope;
  for (let at = 0; at < words.length && at < 6; at++) {
    const word = words[at] as Word;
    const { text, end } = word;
    if (isPunctuation(text) || lexicon.prepositions.has(text)) break;
    const verb = lexicon.nominals.get(singular(text)) ?? (at > 0 ? lexicon.verbs.get(text) : undefined);
    const after = words[at + 1]?.text;
    const isLast = after === undefined || isPunctuation(after) || lexicon.prepositions.has(after);
    if (verb === undefined || !isLast) continue;
    const object = barePhrase(
      words.slice(0, at).map((each) => singular(each.text)),
      end,
    );
    return [toAction({ verb, word, place: 'nominal' }, object, scope)];
  }
  return [];
}
