/** English word forms, undone as far as looking words up needs it. */
import type { InflectedVerb, Verb } from './verb.ts';

/** Undoes the third person and the gerund, in each spelling English has for them. */
export function inflectedVerb(word: string, verbs: ReadonlyMap<string, Verb>): InflectedVerb | undefined {
  const base = verbs.get(word);
  if (base !== undefined) return { verb: base, form: 'base' };
  if (word.includes('-')) return hyphenated(word, verbs);
  if (word.endsWith('s')) {
    const verb =
      verbs.get(word.slice(0, -1)) ??
      (word.endsWith('ies') ? verbs.get(`${word.slice(0, -3)}y`) : undefined) ??
      (word.endsWith('es') ? verbs.get(word.slice(0, -2)) : undefined);
    return verb && { verb, form: 'third' };
  }
  if (!word.endsWith('ing')) return undefined;
  const stem = word.slice(0, -3);
  const isDoubled = stem.length > 2 && stem.at(-1) === stem.at(-2);
  const verb = verbs.get(stem) ?? verbs.get(`${stem}e`) ?? (isDoubled ? verbs.get(stem.slice(0, -1)) : undefined);
  return verb && { verb, form: 'gerund' };
}

/** "re-run", "auto-approves": how a thing is done, written in front of the verb. */
function hyphenated(word: string, verbs: ReadonlyMap<string, Verb>): InflectedVerb | undefined {
  const [before, verb] = [word.slice(0, word.indexOf('-')), word.slice(word.indexOf('-') + 1)];
  if (verb.includes('-')) return undefined;
  if (JOINED_PREFIXES.has(before)) return inflectedVerb(before + verb, verbs);
  return MANNERS.has(before) ? inflectedVerb(verb, verbs) : undefined;
}
const JOINED_PREFIXES = new Set(['re', 'un', 'de']);
const MANNERS = new Set(['auto', 'batch', 'bulk', 'mass', 'force', 'factory', 'hard', 'soft', 'quick']);

/** The singular of a noun, well enough for looking it up. */
export function singular(noun: string): string {
  if (noun.length < 4 || !noun.endsWith('s') || noun.endsWith('ss') || noun.endsWith('us')) return noun;
  if (noun === 'cookies' || noun === 'movies') return noun.slice(0, -1);
  if (noun.endsWith('ies')) return `${noun.slice(0, -3)}y`;
  return /(?:s|x|z|ch|sh)es$/.test(noun) ? noun.slice(0, -2) : noun.slice(0, -1);
}
