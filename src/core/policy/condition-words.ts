/** Conditions in words. The only place where they are worded. */
import type { Condition, Guard } from './policy.ts';

/** "args.amount is more than 10 and args.reason is missing". */
export const whenWords = ({ conditions }: Guard): string => conditions.map(conditionWords).join(' and ');

const OPERATOR_WORDS: Readonly<Record<Condition['op'], string>> = {
  eq: 'is',
  neq: 'is not',
  in: 'is one of',
  not_in: 'is none of',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  regex: 'matches',
  contains: 'contains',
  exists: 'is given',
};

export function conditionWords({ path, op, value }: Condition): string {
  if (op === 'exists') return `${path} is ${value === false ? 'missing' : 'given'}`;
  const values = Array.isArray(value) ? value : [value];
  return `${path} ${OPERATOR_WORDS[op]} ${values.map((each) => JSON.stringify(each)).join(', ')}`;
}
