import { type ToolEntry, TREATMENTS, treatmentOf } from '../../core/policy/recommend/tool-entry.ts';
import { ruleWords } from './rule-words.ts';

/** What an entry does with its tool: "allow", "limit 30/min", "ask", "deny", "hide", or its conditions. */
export function treatmentWords(entry: ToolEntry): string {
  const treatment = treatmentOf(entry);
  return treatment === null || treatment === 'limit' ? ruleWords({ ...entry, needsReview: false }) : treatment;
}

/** "5 allow, 3 limit, 1 hide": how many tools each treatment has, the most open first. */
export function treatmentCounts(entries: readonly ToolEntry[]): string {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const word = treatmentOf(entry) ?? 'conditions';
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...TREATMENTS, 'conditions']
    .filter((word) => counts.has(word))
    .map((word) => `${counts.get(word)} ${word}`)
    .join(', ');
}
