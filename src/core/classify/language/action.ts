/** A verb found where it may say what the tool does, read together with its object. */

import type { ToolClass } from '../../verdict.ts';
import type { Lexicon, Meaning } from './lexicon.ts';
import { endsInOneOf, type ObjectPhrase } from './object-phrase.ts';
import type { Word } from './split-words.ts';
import type { Verb } from './verb.ts';

/**
 * Where a verb stands, which says how much it counts:
 * `leading` at the head; `second` behind one unknown word; `trailing` at the end of a name; `middle` elsewhere in a name;
 * `agent` as the noun for the tool itself ("reader"); `nominal` as a noun ("deletion"); `joined` to the head by "and", "or";
 * `later` in the same sentence.
 */
export type Place = 'leading' | 'second' | 'trailing' | 'middle' | 'agent' | 'nominal' | 'joined' | 'later';

export interface Action {
  readonly lemma: string;
  readonly class: ToolClass;
  readonly strong: boolean;
  /** Whether it was the noun behind the object that decided the class: "into a table", "from a group". */
  readonly byTarget: boolean;
  readonly place: Place;
  /** What the verb acts on, in singular words. The last one is the head. */
  readonly object: readonly string[];
  /** The noun behind the preposition that follows the object: the card, in "add a member to a card". */
  readonly target: string | null;
  /** The verb as it stands in the text. */
  readonly start: number;
  readonly end: number;
  /** Where the object ends behind it, so that the two can be quoted together. */
  readonly phraseEnd: number;
}

/** What a verb means with its object, and whether it is surely a verb where it stands. */
export interface Reading {
  readonly class: ToolClass;
  readonly strong: boolean;
  readonly byTarget: boolean;
}

/** What is known of a definition while its verbs are read. */
export interface Scope {
  readonly lexicon: Lexicon;
  /** Whether the definition as a whole speaks of a context of the word lists ("billing"). */
  readonly isAbout: (context: string) => boolean;
}

/** The verb's class together with its object. An object that decides also settles that the word is a verb here. */
export function readingOf(
  verb: Verb,
  object: ObjectPhrase,
  { atHead }: { readonly atHead: boolean },
  { lexicon, isAbout }: Scope,
): Reading {
  const isSure = verb.surety === 'strong' || (verb.surety === 'lead' && atHead && object.words.length > 0);
  const meanings = lexicon.meanings.get(verb.lemma);
  const meaning = meanings?.find((each) => fits(each, object, isAbout));
  if (meaning === undefined) return { class: verb.class, strong: isSure, byTarget: false };
  const byTarget = meaning.before !== null;
  return { class: meaning.class, strong: isSure || meaning.objects !== null || byTarget, byTarget };
}

function fits(meaning: Meaning, { words, before, target }: ObjectPhrase, isAbout: Scope['isAbout']): boolean {
  if (meaning.before !== null && meaning.before !== before) return false;
  if (meaning.target !== null && !meaning.target.has(target ?? '')) return false;
  if (meaning.objects !== null && !endsInOneOf(words, meaning.objects)) return false;
  if (meaning.with !== null && !words.some((word) => meaning.with?.has(word))) return false;
  if (meaning.unless !== null && words.some((word) => meaning.unless?.has(word))) return false;
  return meaning.context === null || isAbout(meaning.context);
}

/** The action of a verb that stands at `word`, with its object. */
export function toAction(
  { verb, word, place }: { readonly verb: Verb; readonly word: Word; readonly place: Place },
  object: ObjectPhrase,
  scope: Scope,
): Action {
  const atHead = place === 'leading' || place === 'joined' || place === 'later';
  const { class: toolClass, strong, byTarget } = readingOf(verb, object, { atHead }, scope);
  return {
    lemma: verb.lemma,
    class: toolClass,
    strong,
    byTarget,
    place,
    object: object.words,
    target: object.target,
    start: word.start,
    end: word.end,
    phraseEnd: object.end,
  };
}
