import type { Classification } from '../classification.ts';
import type { Finding } from '../finding.ts';
import { recommendRule } from '../policy/recommend.ts';
import type { Tool } from '../tool.ts';
import type { Knowledge, ServerIdentity } from './knowledge.ts';

/** Verdicts on one server's tools, in their order, judged beside their siblings, and what was noticed about them. */
export function classifyTools(
  tools: readonly Tool[],
  _server: ServerIdentity,
  _knowledge: Knowledge,
): { classifications: Classification[]; findings: Finding[] } {
  const classifications = tools.map(
    ({ name }): Classification => ({
      name,
      category: 'Other',
      class: 'Other',
      effects: [],
      risk: 'medium',
      confidence: 0,
      needsReview: true,
      source: 'rules',
      reason: 'Nothing in the definition says what the tool does.',
      evidence: [],
      ...recommendRule(name, { class: 'Other', risk: 'medium' }, { known: false }),
    }),
  );
  return { classifications, findings: [] };
}

/** Verdicts one by one, for a stream in which no tool knows its siblings. */
export function toolClassifier(knowledge: Knowledge): (tool: Tool) => Classification {
  return (tool) => classifyTools([tool], { name: 'stdin' }, knowledge).classifications[0] as Classification;
}
