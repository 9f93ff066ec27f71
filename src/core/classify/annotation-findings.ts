/** Where a server's claims about its tools and the verdicts part ways. */
import type { Classification } from '../classification.ts';
import type { Finding } from '../finding.ts';
import type { Tool } from '../tool.ts';

/** Claims that say less than the definition does, each with both quotes; and how many tools claim nothing. */
export function annotationFindings(tools: readonly Tool[], classifications: readonly Classification[]): Finding[] {
  const findings = tools.flatMap((tool, at) => contradictions(tool, classifications[at] as Classification));
  const silent = tools.filter(({ annotations }) => annotations?.readOnlyHint === undefined).length;
  return silent === 0 ? findings : [...findings, unannotated(silent, tools.length)];
}

function contradictions({ name, annotations }: Tool, verdict: Classification): Finding[] {
  const against = verdict.evidence.find(({ says }) => says === verdict.class)?.quote;
  if (annotations === undefined || against === undefined) return [];
  if (annotations.readOnlyHint === true && verdict.category === 'Write')
    return [understated(name, 'readOnlyHint: true', against)];
  if (annotations.readOnlyHint !== true && annotations.destructiveHint === false && verdict.class === 'Destructive')
    return [understated(name, 'destructiveHint: false', against)];
  return [];
}

const understated = (tool: string, claim: string, quote: string): Finding => ({
  code: 'annotation-understates',
  level: 'warning',
  tool,
  message: `The server claims ${claim}, but the definition says more; the claim was not believed.`,
  quotes: [claim, quote],
});

const unannotated = (silent: number, all: number): Finding => ({
  code: 'annotations-missing',
  level: 'note',
  tool: null,
  message: `${silent} of ${all} tools say nothing of readOnlyHint. Clients then have to assume the protocol's defaults: not read-only, destructive, open world.`,
  quotes: [],
});
