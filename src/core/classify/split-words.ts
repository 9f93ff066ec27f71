import { foldLookAlikes } from './look-alikes.ts';

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
 * The words of a name in any convention: snake, kebab, dotted, camel, Pascal, with acronyms (`getHTTPStatus`), also behind look-alike letters.
 * Two words that are one ("log in") are joined when `pairs` has them; a last word "tool" or "v2" says nothing and is left out.
 */
export function splitName(name: string, pairs: ReadonlySet<string>): Word[] {
  const bounded = foldLookAlikes(name.slice(0, MAX_NAME_CHARS));
  const words: Word[] = [];
  NAME_WORD.lastIndex = 0;
  for (let match = NAME_WORD.exec(bounded); match !== null; match = NAME_WORD.exec(bounded)) {
    const word = { text: match[0].toLowerCase(), start: match.index, end: match.index + match[0].length };
    const before = words.at(-1);
    if (before !== undefined && pairs.has(`${before.text} ${word.text}`))
      words[words.length - 1] = { text: before.text + word.text, start: before.start, end: word.end };
    else words.push(word);
  }
  while (words.length > 1 && SAYS_NOTHING.test(words.at(-1)?.text ?? '')) words.pop();
  return words;
}
