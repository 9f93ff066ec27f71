import type { Classification } from '../classification.ts';
import { foldLookAlikes, withoutFillers } from '../classify/language/look-alikes.ts';
import type { Finding } from '../finding.ts';

/** What in the definitions is there to deceive: hidden instructions, and names disguised by look-alike letters. */
export function threatFindings(classifications: readonly Classification[]): Finding[] {
  const findings: Finding[] = [];
  for (const { name, evidence } of classifications) {
    // It is put before all other evidence.
    const [hidden] = evidence;
    if (hidden?.says === 'hidden-instructions') findings.push(hiddenInstructions(name, hidden.field, hidden.quote));
    const plain = foldLookAlikes(name);
    if (plain !== name) findings.push(disguisedName(name, withoutFillers(plain)));
  }
  return findings;
}

const hiddenInstructions = (tool: string, field: string, quote: string): Finding => ({
  code: 'hidden-instructions',
  level: 'error',
  tool,
  message: `The ${field} carries instructions that are meant for the model and kept from people. Do not let an agent see this tool.`,
  quotes: [quote],
});

const disguisedName = (tool: string, plain: string): Finding => ({
  code: 'disguised-name',
  level: 'warning',
  tool,
  message: `The name holds letters of another script that look like Latin ones; it reads "${plain}" and was judged as that.`,
  quotes: [tool],
});
