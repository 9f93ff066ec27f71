import { CLASS_TABLE } from '../../verdict.ts';
import { type Action, type Place, type Scope, toAction } from './action.ts';
import { changeBegun } from './begun-change.ts';
import { singular } from './inflection.ts';
import type { Lexicon } from './lexicon.ts';
import { barePhrase, objectAfter, objectBefore } from './object-phrase.ts';
import type { Word } from './split-words.ts';
import { unmaskedVerbs } from './unmasked-verbs.ts';
import type { Verb } from './verb.ts';

const JOINING = new Set(['and', 'or', 'then']);
/** Verbs that are hardly ever anything else: behind another verb they show that to be a noun ("auto_invest_get_plan"). */
const GETTING = new Set(['get', 'fetch', 'retrieve', 'describe']);

/** A query of payments is none of them; a run of a query is one. */
function isGetting({ lemma }: Verb, leading: Verb | undefined): boolean {
  return GETTING.has(lemma) || (lemma === 'query' && leading?.class === 'Financial');
}

interface VerbAt {
  readonly verb: Verb;
  readonly at: number;
  readonly place: Place;
}

/**
 * The actions a name tells of, the main one first. `from` is where its own words begin, behind a prefix shared with siblings.
 * A sure verb at the head rules out the others ("get_update" does not update) unless they are joined to it ("get_or_create").
 * Without one, a sure verb at the end speaks ("bucket_delete"), then one in the middle, then the noun for a tool that does
 * something ("services-reader"), then the unsure verbs.
 */
export function nameActions(parts: readonly Word[], from: number, scope: Scope): Action[] {
  const words = unmaskedVerbs(parts, from, scope.lexicon);
  const main = mainVerb(words, from, scope);
  if (main === null) return runTogether(words, from, scope);
  const actions = [main.action];
  const { verbs } = scope.lexicon;
  const next = verbs.get(words[main.at + 1]?.text ?? '');
  // "insert_execute_cell": two sure verbs that change something, one behind the other, are two actions.
  if (next?.surety === 'strong' && changes(next) && changes(main.verb) && main.at + 2 < words.length)
    actions.push(actionAt(words, { verb: next, at: main.at + 1, place: 'joined' }, scope));
  for (let at = main.at + 1; at < words.length - 1; at++) {
    if (!JOINING.has((words[at] as Word).text)) continue;
    const verb = verbs.get((words[at + 1] as Word).text);
    if (verb !== undefined && verb.surety !== 'weak')
      actions.push(actionAt(words, { verb, at: at + 1, place: 'joined' }, scope));
  }
  return actions;
}

const changes = (verb: Verb) => CLASS_TABLE[verb.class].category === 'Write';

interface Main extends VerbAt {
  readonly action: Action;
}

function mainVerb(words: readonly Word[], from: number, scope: Scope): Main | null {
  const { verbs } = scope.lexicon;
  const withAction = ({ verb, at, place }: VerbAt): Main => ({
    verb,
    at,
    place,
    action: actionAt(words, { verb, at, place }, scope),
  });
  const first = skipModifiers(words, from, scope.lexicon);
  const leading = verbs.get(words[first]?.text ?? '');
  // Most names begin with their verb; then there is nothing to choose from.
  if (leading?.surety === 'strong' && leading.class === 'Read')
    return withAction({ verb: leading, at: first, place: 'leading' });
  const begun = leading && changeBegun(leading, words[first + 1]?.text, scope.lexicon);
  if (begun !== undefined) return withAction({ verb: begun, at: first + 1, place: 'leading' });
  const found = verbsIn(words, first, scope.lexicon);
  const getting = found.find(({ verb, place }) => place !== 'trailing' && isGetting(verb, leading));
  if (getting !== undefined) return withAction(getting);
  if (leading?.surety === 'strong') return withAction({ verb: leading, at: first, place: 'leading' });
  const read = found.map(withAction);
  const sure = read.filter(({ action }) => action.strong);
  const noun = sure.length === 0 ? nounForTool(words, from, scope.lexicon) : undefined;
  return (
    sure.find(({ place }) => place === 'leading') ??
    sure.find(({ place }) => place === 'trailing') ??
    sure[0] ??
    (noun && withAction(noun)) ??
    read[0] ??
    null
  );
}

function verbsIn(words: readonly Word[], first: number, lexicon: Lexicon): VerbAt[] {
  const found: VerbAt[] = [];
  for (let at = first; at < words.length; at++) {
    const { text } = words[at] as Word;
    // What follows a preposition is what the action is about: "search_by_update", "by_type".
    if (lexicon.prepositions.has(text)) break;
    const verb = lexicon.verbs.get(text);
    if (verb !== undefined) found.push({ verb, at, place: placeOf(at, first, words.length - 1) });
  }
  return found;
}

function placeOf(at: number, first: number, last: number): Place {
  if (at === first) return 'leading';
  if (at === last) return 'trailing';
  return at === first + 1 ? 'second' : 'middle';
}

/** Passes over what stands in front of a verb without changing it: "bulk_delete", but not "new_order". */
function skipModifiers(words: readonly Word[], from: number, lexicon: Lexicon): number {
  let at = from;
  while (at < words.length - 1 && lexicon.modifiers.has((words[at] as Word).text)) {
    const next = lexicon.verbs.get((words[at + 1] as Word).text);
    if (lexicon.verbs.has((words[at] as Word).text) && next?.surety !== 'strong') break;
    at++;
  }
  return at;
}

function actionAt(words: readonly Word[], { verb, at, place }: VerbAt, scope: Scope): Action {
  // What stands before a last word is its object, even where siblings share it: "listen_key_create".
  const object = at > 0 && at === words.length - 1 ? objectBefore(words, at) : objectAfter(words, at, scope.lexicon);
  return toAction({ verb, word: words[at] as Word, place }, object, scope);
}

/** What the last word of a name says is done, if it is a sure verb. */
export function trailingAction(words: readonly Word[], scope: Scope): Action | null {
  const at = words.length - 1;
  const verb = at > 0 ? scope.lexicon.verbs.get((words[at] as Word).text) : undefined;
  return verb?.surety === 'strong' ? actionAt(words, { verb, at, place: 'trailing' }, scope) : null;
}

/** What a name that ends in the noun for a tool ("services-reader") says it does, or null. */
export function agentAction(words: readonly Word[], from: number, scope: Scope): Action | null {
  const noun = nounForTool(words, from, scope.lexicon);
  return noun?.place === 'agent' ? actionAt(words, noun, scope) : null;
}

/** A name may name the tool by what it does: "user-services-reader", "account_deletion". */
function nounForTool(words: readonly Word[], from: number, lexicon: Lexicon): VerbAt | undefined {
  const at = words.length - 1;
  const last = words[at];
  if (last === undefined || at < from) return undefined;
  const agent = lexicon.agents.get(last.text);
  if (agent !== undefined) return { verb: agent, at, place: 'agent' };
  const nominal = lexicon.nominals.get(last.text);
  return nominal === undefined ? undefined : { verb: nominal, at, place: 'nominal' };
}

const FEWEST_CHARS = 3;
const ACCENTED = /[\u00C0-\u024F]/;

/** "deletefile": where no word of a name is a verb, the first may be one written together with what it acts on. */
function runTogether(words: readonly Word[], from: number, scope: Scope): Action[] {
  const word = words[skipModifiers(words, from, scope.lexicon)];
  if (word === undefined) return [];
  const { verbs, acted } = scope.lexicon;
  const unaccented = ACCENTED.test(word.text)
    ? verbs.get(word.text.normalize('NFD').replace(/\p{M}/gu, ''))
    : undefined;
  if (unaccented !== undefined)
    return [actionAt(words, { verb: unaccented, at: words.indexOf(word), place: 'leading' }, scope)];
  for (let length = word.text.length - FEWEST_CHARS + 1; length >= FEWEST_CHARS; length--) {
    const verb = verbs.get(word.text.slice(0, length));
    if (verb === undefined || !changes(verb) || verb.surety === 'weak') continue;
    const object = singular(word.text.slice(length));
    if (!acted.has(object) || (verb.surety === 'lead' && verb.class !== 'Destructive')) continue;
    const end = word.start + length;
    const place = { verb, word: { text: verb.lemma, start: word.start, end }, place: 'leading' } as const;
    return [toAction(place, barePhrase([object], word.end), scope)];
  }
  return [];
}
