import type { ToolClass } from '../../verdict.ts';
import type { Lexicon } from './lexicon.ts';
import type { Verb } from './verb.ts';

/** What is followed is written down somewhere, though to follow, to track and to watch are reading elsewhere. */
const FOLLOWING = new Set(['follow', 'monitor', 'track']);

const BEGUN: ReadonlySet<ToolClass> = new Set(['Write', 'Other']);

/** "Stop following a trader", `stop_sharing_album`: that changes what is followed or shared; it runs nothing. */
export function changeBegun(
  { lemma }: Verb,
  next: string | undefined,
  { inflected, verbs }: Lexicon,
): Verb | undefined {
  if (lemma !== 'start' && lemma !== 'stop') return undefined;
  const found = inflected(next ?? '');
  if (found?.form !== 'gerund') return undefined;
  if (FOLLOWING.has(found.verb.lemma)) return verbs.get('watch');
  return BEGUN.has(found.verb.class) ? found.verb : undefined;
}
