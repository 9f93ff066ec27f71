/** What the families of verbs in name, title and description have in common. */
import type { ToolClass } from '../../verdict.ts';
import { type RuleFacts, rulesByClass } from '../rule.ts';

/** What is left of a verb's weight where it may as well be a noun. */
export const UNSURE = 0.35;

const DOES: Readonly<Record<ToolClass, string>> = {
  Financial: 'moves or commits money',
  Destructive: 'removes something for good',
  Execute: 'runs or drives something',
  Write: 'changes something',
  Read: 'returns information',
  Other: 'serves the session itself',
};

/** A rule for each class that a verb standing there may speak for. */
export function verbRules(
  where: 'name' | 'title' | 'description',
  examples: (toolClass: ToolClass) => RuleFacts['examples'],
): Readonly<Record<ToolClass, RuleFacts>> {
  return rulesByClass((toolClass) => ({
    id: `${where}/${toolClass.toLowerCase()}-verb`,
    because: `its ${where} says that it ${DOES[toolClass]}`,
    examples: examples(toolClass),
  }));
}
