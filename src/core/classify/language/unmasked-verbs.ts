import { CLASS_TABLE } from '../../verdict.ts';
import type { Lexicon } from './lexicon.ts';
import type { Word } from './split-words.ts';

/** Syllables that begin a verb and are seldom words of a name themselves: `de-lete`, `un_install`. */
const PREFIXES = new Set(['de', 're', 'un', 'dis', 'over', 'pre']);
/** Digits that are drawn like letters. */
const LETTERS: Readonly<Record<string, readonly string[]>> = {
  0: ['o'],
  1: ['l', 'i'],
  3: ['e'],
  4: ['a'],
  5: ['s'],
  7: ['t'],
};
/** `d3l3t3` is read as six words. */
const MAX_PARTS = 6;

/** The words of a name, the first verb that changes something put together again where it was taken apart or spelled with digits. */
export function unmaskedVerbs(words: readonly Word[], from: number, { verbs }: Lexicon): readonly Word[] {
  for (let at = from; at < words.length - 1; at++) {
    if (!PREFIXES.has((words[at] as Word).text) && !isDigit(words[at]) && !isDigit(words[at + 1])) continue;
    for (const { text, parts } of [...spelled(words, at), ...joined(words, at)]) {
      const verb = verbs.get(text);
      if (verb?.surety !== 'strong' || CLASS_TABLE[verb.class].category !== 'Write') continue;
      const { start } = words[at] as Word;
      const { end } = words[at + parts - 1] as Word;
      return words.toSpliced(at, parts, { text, start, end });
    }
  }
  return words;
}

interface Unmasked {
  readonly text: string;
  readonly parts: number;
}

const NONE: readonly Unmasked[] = [];

function joined(words: readonly Word[], at: number): readonly Unmasked[] {
  const { text } = words[at] as Word;
  return PREFIXES.has(text) ? [{ text: text + words[at + 1]?.text, parts: 2 }] : NONE;
}

/** What the words from `at` on can spell where digits stand right beside letters, the longest first. */
function spelled(words: readonly Word[], at: number): readonly Unmasked[] {
  const found: Unmasked[] = [];
  let texts = [''];
  for (let parts = 1; parts <= MAX_PARTS; parts++) {
    const word = words[at + parts - 1];
    if (word === undefined || (parts > 1 && word.start !== words[at + parts - 2]?.end)) break;
    const letters = isDigit(word) ? (LETTERS[word.text] ?? []) : [word.text];
    texts = texts.flatMap((text) => letters.map((each) => text + each));
    if (parts > 1) found.unshift(...texts.map((text) => ({ text, parts })));
  }
  return found;
}

const isDigit = (word: Word | undefined): boolean =>
  word !== undefined && word.text.length === 1 && word.text >= '0' && word.text <= '9';
