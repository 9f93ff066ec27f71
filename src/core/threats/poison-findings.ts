import type { Classification } from '../classification.ts';
import type { Finding } from '../finding.ts';

/** A finding for each tool whose definition carries hidden instructions. */
export function poisonFindings(classifications: readonly Classification[]): Finding[] {
  return classifications.flatMap(({ name, evidence }) =>
    evidence
      .filter(({ says }) => says === 'hidden-instructions')
      .map(({ field, quote }) => hiddenInstructions(name, field, quote)),
  );
}

const hiddenInstructions = (tool: string, field: string, quote: string): Finding => ({
  code: 'hidden-instructions',
  level: 'error',
  tool,
  message: `The ${field} carries instructions that are meant for the model and kept from people. Do not let an agent see this tool.`,
  quotes: [quote],
});
