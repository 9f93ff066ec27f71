import type { Verb } from './lexicon.ts';
import type { Word } from './split-words.ts';

/** How many tools must share a first word before it is taken for the server's or a group's name. */
const FEWEST_SIBLINGS = 3;

/** Words a trie node leads on to, and how many names pass through it. */
interface Branch {
  count: number;
  readonly next: Map<string, Branch>;
}

/**
 * How many leading words of each name are a prefix shared with its siblings (`bn_`, `BinancePortfolioMargin`), and so
 * say which server or group it belongs to rather than what it does. A word that is surely a verb is never taken off:
 * forty tools called `get_...` still get.
 */
export function prefixLengths(
  names: readonly (readonly Word[])[],
  verbs: ReadonlyMap<string, Verb>,
): readonly number[] {
  const root: Branch = { count: 0, next: new Map() };
  for (const words of names) {
    let branch = root;
    for (const { text } of words) {
      let next = branch.next.get(text);
      if (next === undefined) {
        next = { count: 0, next: new Map() };
        branch.next.set(text, next);
      }
      next.count++;
      branch = next;
    }
  }
  return names.map((words) => {
    let branch = root;
    let length = 0;
    // The last word is what is left of a name; it is never prefix.
    for (const { text } of words.slice(0, -1)) {
      const next = branch.next.get(text);
      if (next === undefined || next.count < FEWEST_SIBLINGS || verbs.get(text)?.surety === 'strong') break;
      branch = next;
      length++;
    }
    return length;
  });
}
