import type { Classification } from '../../core/classification.ts';
import type { Guard } from '../../core/policy/policy.ts';

const WINDOW_WORDS = { minute: 'min', hour: 'hour', day: 'day' } as const;

/** What the recommended policy does with a tool, in a few words. */
export function ruleWords({
  rule,
  hidden,
  needsReview,
}: Pick<Classification, 'rule' | 'hidden' | 'needsReview'>): string {
  if (hidden) return 'hide';
  if (rule === null) return 'review first: denied';
  const { require = [], deny_if = [], require_approval = [], limits = [] } = rule;
  const words = [
    ...(deny_if.some(isUnconditional) ? ['deny'] : require_approval.length > 0 ? ['ask'] : []),
    ...(require.length > 0 || deny_if.some((guard) => !isUnconditional(guard)) ? ['conditions'] : []),
    ...limits.map(({ max, window }) => `limit ${max}/${WINDOW_WORDS[window]}`),
  ];
  return [words.length === 0 ? 'allow' : words.join(', '), ...(needsReview ? ['review'] : [])].join(', ');
}

/** Denied whatever the arguments are, until a person changes the policy. */
const isUnconditional = ({ conditions }: Guard): boolean => conditions.length === 0;
