/** What the families of verbs in name, title and description have in common. */
import type { ToolClass } from '../../verdict.ts';
import { type RuleFacts, rulesByClass } from '../rule.ts';

/** What is left of a verb's weight where it may as well be a noun. */
export const UNSURE = 0.35;

/** What a call does, by class. */
export const CALL: Readonly<Record<ToolClass, string>> = {
  Financial: 'a call moves money or assets, commits to it, or calls it off',
  Destructive: 'what a call removes is gone for good',
  Execute: 'a call sets something running, and what that does depends on its arguments',
  Write: 'a call leaves something changed',
  Read: 'a call reads and leaves everything as it was',
  Other: 'a call serves the session and neither reads nor changes data',
};

/** A rule for each class that a verb standing there may speak for. */
export function verbRules(
  where: 'name' | 'title' | 'description',
  examples: (toolClass: ToolClass) => RuleFacts['examples'],
): Readonly<Record<ToolClass, RuleFacts>> {
  return rulesByClass((toolClass) => ({
    id: `${where}/${toolClass.toLowerCase()}-verb`,
    because: CALL[toolClass],
    examples: examples(toolClass),
  }));
}
