import { singular } from '../classify/language/inflection.ts';
import { splitName } from '../classify/language/split-words.ts';

const NO_PAIRS: ReadonlySet<string> = new Set();

/** Those first whose names share most words with a name, and rare words above common ones; else in the order of the server. */
export function relatedFirst(name: string, others: readonly string[]): string[] {
  const own = wordsOf(name);
  const all = others.map((other) => ({ other, words: wordsOf(other) }));
  const common = new Map<string, number>();
  for (const { words } of all)
    for (const word of words) if (own.has(word)) common.set(word, (common.get(word) ?? 0) + 1);
  const scored = all.map(({ other, words }) => ({
    other,
    score: [...words].reduce((sum, word) => sum + 1 / (common.get(word) ?? Number.POSITIVE_INFINITY), 0),
  }));
  return scored.sort((a, b) => b.score - a.score).map(({ other }) => other);
}

function wordsOf(name: string): ReadonlySet<string> {
  return new Set(splitName(name, NO_PAIRS).map(({ text }) => singular(text)));
}
