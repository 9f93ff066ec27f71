import type { Explanation } from '../../core/explain/explanation.ts';

/** The explanation itself, for programs. */
export function renderExplanationJson(explanation: Explanation): string {
  return `${JSON.stringify(explanation, null, 2)}\n`;
}
