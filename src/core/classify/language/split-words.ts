import { fillInvisible, foldLookAlikes, withoutFillers } from './look-alikes.ts';

/** A word of a definition: lower case for look-up, and where it stands, for quoting it exactly. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Longer names are judged by their beginning: no real tool has one, and work must stay bounded. */
const MAX_NAME_CHARS = 256;

const NAME_WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}]+|\d+/gu;

const SAYS_NOTHING = /^(?:tool|v|\d+)$/;

/**
 * The words of a name in any convention: snake, kebab, dotted, camel, Pascal, with acronyms (`getHTTPStatus`), also behind look-alike letters and invisible characters.
 * Two words that are one ("log in") are joined when `pairs` has them; a last word "tool" or "v2" says nothing and is left out.
 */
export function splitName(name: string, pairs: ReadonlySet<string>): Word[] {
  const bounded = foldLookAlikes(fillInvisible(name.slice(0, MAX_NAME_CHARS)));
  const words: Word[] = [];
  NAME_WORD.lastIndex = 0;
  for (let match = NAME_WORD.exec(bounded); match !== null; match = NAME_WORD.exec(bounded)) {
    const word = {
      text: withoutFillers(match[0]).toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    };
    const before = words.at(-1);
    if (before !== undefined && pairs.has(`${before.text} ${word.text}`))
      words[words.length - 1] = { text: before.text + word.text, start: before.start, end: word.end };
    else words.push(word);
  }
  if (words.length >= FEWEST_LETTERS) joinLetters(words);
  while (words.length > 1 && SAYS_NOTHING.test(words.at(-1)?.text ?? '')) words.pop();
  return words;
}

const FEWEST_LETTERS = 4;

/** `d_e_l_e_t_e` is one word. */
function joinLetters(words: Word[]): void {
  for (let from = 0; from + FEWEST_LETTERS <= words.length; from++) {
    let to = from;
    while (to < words.length && isLetter(words[to] as Word)) to++;
    if (to - from < FEWEST_LETTERS) continue;
    const run = words.slice(from, to);
    const text = run.map((word) => word.text).join('');
    words.splice(from, run.length, { text, start: (run[0] as Word).start, end: (run.at(-1) as Word).end });
  }
}

const isLetter = ({ text }: Word) => text.length === 1 && text >= 'a' && text <= 'z';
