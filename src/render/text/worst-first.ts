import type { Classification } from '../../core/classification.ts';
import { RISKS, severity } from '../../core/verdict.ts';

/** The order in which people read verdicts: by risk, then by class, then by name. */
export function worstFirst(tools: readonly Classification[]): Classification[] {
  return [...tools].sort(
    (a, b) =>
      RISKS.indexOf(b.risk) - RISKS.indexOf(a.risk) ||
      severity(a.class) - severity(b.class) ||
      (a.name < b.name ? -1 : 1),
  );
}
