import type { Word } from './split-words.ts';
import type { Verb } from './verb.ts';

/** How many tools must share a first word before it is taken for the server's or a group's name. */
const FEWEST_SIBLINGS = 3;

/** Names that begin with the same words: how many, and how many of them hold a sure verb behind those. */
interface Branch {
  names: number;
  withVerbBehind: number;
  readonly next: Map<string, Branch>;
}

const newBranch = (): Branch => ({ names: 0, withVerbBehind: 0, next: new Map() });

/**
 * How many leading words of each name are a prefix shared with its siblings (`bn_`, `BinancePortfolioMargin`), and so
 * say which server or group it belongs to rather than what it does. A word that is surely a verb is never taken off:
 * forty tools called `get_...` still get. One that may be a verb is, where most names have their verb behind it
 * (`order_create`, `order_list`, `order_get`).
 */
export function prefixLengths(
  names: readonly (readonly Word[])[],
  verbs: ReadonlyMap<string, Verb>,
): readonly number[] {
  const root = newBranch();
  for (const words of names) {
    const lastVerb = words.findLastIndex(({ text }) => verbs.get(text)?.surety === 'strong');
    let branch = root;
    for (const [at, { text }] of words.entries()) {
      // A sure verb ends every prefix, and so does the last word.
      if (at === words.length - 1 || verbs.get(text)?.surety === 'strong') break;
      let next = branch.next.get(text);
      if (next === undefined) {
        next = newBranch();
        branch.next.set(text, next);
      }
      next.names++;
      if (lastVerb > at) next.withVerbBehind++;
      branch = next;
    }
  }
  return names.map((words) => prefixLength(words, root, verbs));
}

function prefixLength(words: readonly Word[], root: Branch, verbs: ReadonlyMap<string, Verb>): number {
  let branch = root;
  // The last word is what is left of a name; it is never prefix.
  for (let at = 0; at < words.length - 1; at++) {
    const { text } = words[at] as Word;
    const next = branch.next.get(text);
    if (next === undefined || next.names < FEWEST_SIBLINGS) return at;
    if (verbs.has(text) && next.withVerbBehind * 2 < next.names) return at;
    branch = next;
  }
  return Math.max(0, words.length - 1);
}
