import type { ToolClass } from '../../verdict.ts';
import type { Lexicon } from './lexicon.ts';
import type { Verb } from './verb.ts';

const BEGUN: ReadonlySet<ToolClass> = new Set(['Write', 'Other']);

/** "Stop following a trader", `stop_sharing_album`: that changes what is followed or shared; it runs nothing. */
export function changeBegun({ lemma }: Verb, next: string | undefined, { inflected }: Lexicon): Verb | undefined {
  if (lemma !== 'start' && lemma !== 'stop') return undefined;
  const found = inflected(next ?? '');
  return found?.form === 'gerund' && BEGUN.has(found.verb.class) ? found.verb : undefined;
}
