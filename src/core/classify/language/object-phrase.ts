/** What a verb acts on: the words behind it, or before it where it ends a name. */
import { CLASS_TABLE } from '../../verdict.ts';
import { singular } from './inflection.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './split-words.ts';

/** An object phrase, and the preposition it ends at. */
export interface ObjectPhrase {
  readonly words: readonly string[];
  readonly before: string | null;
  /** The noun behind that preposition. */
  readonly target: string | null;
  /** Where its last word ends in the text. */
  readonly end: number;
}

/** "one of the following operations", "the validity of a key" speak of the operations and the key. */
const PARTITIVES = new Set(
  'one all any each some none both validity lifetime expiry expiration list set batch series number lot copy array group'.split(
    ' ',
  ),
);
/** A longer phrase is read to its end all the same: its head is its last word. */
const MAX_OBJECT_WORDS = 6;
const MAX_PHRASE_WORDS = 14;

/** "A lease used by others", "pages sorted by name": what is told of the object is not its head. */
const PARTICIPLE = /^(?:\p{Ll}{3,}[^e]ed|used)$/u;
const ADVERB = /^\p{Ll}{3,}ly$/u;

function isTold(text: string, isLast: boolean): boolean {
  return isLast ? PARTICIPLE.test(text) : ADVERB.test(text);
}

/** The words after a verb up to the next preposition or punctuation, without articles and the like. */
export function objectAfter(words: readonly Word[], at: number, lexicon: Lexicon): ObjectPhrase {
  const object: string[] = [];
  let { end } = words[at] as Word;
  const last = Math.min(words.length - 1, at + MAX_PHRASE_WORDS);
  for (let next = at + 1; next <= last; next++) {
    const word = words[next] as Word;
    // "transfer (send) a token"
    if (word.text === '(' && object.length === 0) {
      next = closingOf(words, next);
      continue;
    }
    if (word.text === 'of' && PARTITIVES.has((words[next - 1] as Word).text)) {
      object.length = 0;
    } else if (lexicon.prepositions.has(word.text) && !(object.length === 0 && joinsChange(words, next, lexicon))) {
      const at = pastManner(words, next, lexicon);
      for (let last = next - 1; object.length > 1 && isTold((words[last] as Word).text, last === next - 1); last--) {
        object.pop();
        end = (words[last - 1] as Word).end;
      }
      return { words: object, before: (words[at] as Word).text, target: nounAfter(words, at, lexicon), end };
    } else if (isPunctuation(word.text) || isJoining(word.text)) {
      // "Close/delete a key": verbs share the object that follows the last of them.
      const joined = lexicon.inflected(words[next + 1]?.text ?? '');
      if (object.length > 0 || joined === undefined) break;
      next++;
    } else if (!lexicon.determiners.has(word.text)) {
      if (object.length === MAX_OBJECT_WORDS) object.shift();
      object.push(singular(word.text));
      end = word.end;
    }
  }
  return barePhrase(object, end);
}

/** "Remove an asset by symbol from a list": how it is done stands between what is done and where. */
const MANNER = new Set(['by', 'with', 'using', 'via']);

function pastManner(words: readonly Word[], preposition: number, lexicon: Lexicon): number {
  if (!MANNER.has((words[preposition] as Word).text)) return preposition;
  const next = words.findIndex(({ text }, at) => at > preposition && lexicon.prepositions.has(text));
  return next < 0 ? preposition : next;
}

function closingOf(words: readonly Word[], opening: number): number {
  const closing = words.findIndex(({ text }, at) => at > opening && text === ')');
  return closing < 0 ? words.length : closing;
}

function nounAfter(words: readonly Word[], preposition: number, lexicon: Lexicon): string | null {
  let noun: string | null = null;
  for (let at = preposition + 1; at < words.length && at <= preposition + MAX_OBJECT_WORDS; at++) {
    const { text } = words[at] as Word;
    if (isPunctuation(text) || isJoining(text) || lexicon.prepositions.has(text)) break;
    if (!lexicon.determiners.has(text)) noun = singular(text);
  }
  return noun;
}

/** The object of a verb that ends a name: the words before it. */
export function objectBefore(words: readonly Word[], at: number): ObjectPhrase {
  const { end } = words[at] as Word;
  const object = words.slice(Math.max(0, at - 4), at).map(({ text }) => singular(text));
  return barePhrase(object, end);
}

/** An object without a preposition. `end` matters only where it is quoted with its verb. */
export function barePhrase(words: readonly string[], end = 0): ObjectPhrase {
  return { words, before: null, target: null, end };
}

/** Whether a phrase ends in a word of the set, or in a two- or three-word phrase of it joined by `_`. */
export function endsInOneOf(phrase: readonly string[], set: ReadonlySet<string>): boolean {
  const { length } = phrase;
  if (length === 0) return false;
  const last = phrase[length - 1] as string;
  if (set.has(last)) return true;
  if (length === 1) return false;
  const lastTwo = `${phrase[length - 2]}_${last}`;
  return set.has(lastTwo) || (length > 2 && set.has(`${phrase[length - 3]}_${lastTwo}`));
}

export function isPunctuation(text: string): boolean {
  return text.length === 1 && ',/&|:()–—;-'.includes(text);
}

/** "Acquire or renew a lease": what two changes act on stands behind the second. "Remove and return" takes it away before that. */
function joinsChange(words: readonly Word[], at: number, { inflected }: Lexicon): boolean {
  if (!isJoining((words[at] as Word).text)) return false;
  const verb = inflected(words[at + 1]?.text ?? '')?.verb;
  return verb !== undefined && CLASS_TABLE[verb.class].category === 'Write';
}

function isJoining(text: string): boolean {
  return text === 'and' || text === 'or' || text === 'then';
}
