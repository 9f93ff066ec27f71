/** How the rule against an attack stands to the rule that is recommended for the tool. */
import type { Classification } from '../classification.ts';
import type { Limit, ToolRule } from '../policy/policy.ts';
import type { AttackPattern } from './attack-pattern.ts';

type Recommended = Pick<Classification, 'rule' | 'hidden'>;

/** A rule that denies every call, whatever its arguments. */
export function letsNothingThrough(rule: ToolRule | null): boolean {
  return rule?.deny_if?.some(({ conditions }) => conditions.length === 0) ?? false;
}

/** What the rules against attacks are good for beside the recommended one, in full sentences. */
export function besideWords({ rule, hidden }: Recommended): string {
  if (hidden)
    return 'The recommended rule hides the tool, so no call of these attacks gets through. Another rule counts once the tool is taken out of "hide".';
  if (letsNothingThrough(rule))
    return 'The recommended rule lets no call through, so none of these attacks does. Another rule counts once a person opens it.';
  return rule?.deny_if === undefined
    ? 'Each rule here comes on top of the recommended one.'
    : 'The recommended rule denies the worst calls already; each rule here comes on top of it.';
}

/** Whether the recommended rule does all that the rule against the attack does. */
export function isRecommended({ hide, rule }: AttackPattern['stop'], recommended: Recommended): boolean {
  if (hide === true) return recommended.hidden;
  if (rule === undefined || recommended.rule === null || recommended.hidden) return false;
  const { require = [], deny_if = [], require_approval = [], limits = [] } = rule;
  if (require.length + require_approval.length > 0) return false;
  const denies = deny_if.every(({ conditions }) => conditions.length === 0 && letsNothingThrough(recommended.rule));
  return denies && limits.every((limit) => recommended.rule?.limits?.some((other) => isAsTight(other, limit)));
}

function isAsTight(one: Limit, other: Limit): boolean {
  const countsCalls = one.increment_from === undefined && other.increment_from === undefined;
  return countsCalls && one.window === other.window && one.scope === other.scope && one.max <= other.max;
}
