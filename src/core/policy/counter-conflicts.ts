import { type JsonPath, pathText } from './json-pointer.ts';
import type { Limit } from './policy.ts';
import { type PolicyProblem, type PolicyProblemCode, toolAt } from './policy-problem.ts';
import { limitsOf, type RuleAt } from './rule-parts.ts';
import { quoted } from './shown-value.ts';

interface LimitAt {
  readonly path: JsonPath;
  readonly limit: Limit;
}

/** Rules with one counter share it, so it has to mean one thing in all of them, and a call may not take from it twice. */
export function counterConflicts(rules: readonly RuleAt[]): PolicyProblem[] {
  const first = new Map<string, LimitAt>();
  return rules.flatMap((rule) =>
    limitsOf(rule).flatMap((each) => {
      const earlier = first.get(each.limit.counter);
      if (earlier === undefined) first.set(each.limit.counter, each);
      return [...fractions(each), ...(earlier === undefined ? [] : conflicts(each, earlier))];
    }),
  );
}

function conflicts({ path, limit }: LimitAt, earlier: LimitAt): PolicyProblem[] {
  const there = pathText(earlier.path);
  const counter = quoted(limit.counter);
  const problem = (key: keyof Limit, message: string) => problemAt('counter-conflict', [...path, key], message);
  const found: PolicyProblem[] = [];
  for (const key of ['window', 'scope'] as const)
    if (limit[key] !== earlier.limit[key])
      found.push(
        problem(
          key,
          `is "${limit[key]}", but the counter ${counter} has "${earlier.limit[key]}" in ${there}: give one of them another counter`,
        ),
      );
  if ((limit.increment_from === undefined) !== (earlier.limit.increment_from === undefined))
    found.push(
      problem(
        'counter',
        `${counter} counts calls in one place and adds up an argument in the other (${there}): give one of them another counter`,
      ),
    );
  if (found.length === 0 && takesTwice(path, earlier.path))
    found.push(
      problem('counter', `${counter} would count one call twice, here and in ${there}: leave one of them out`),
    );
  return found;
}

/** Both limits hold for one call: they stand in one rule, or one of them holds for all tools. */
function takesTwice(path: JsonPath, earlier: JsonPath): boolean {
  return path[0] === 'all_tools' || earlier[0] === 'all_tools' || path[1] === earlier[1];
}

function fractions({ path, limit }: LimitAt): PolicyProblem[] {
  if (limit.increment_from !== undefined || Number.isInteger(limit.max)) return [];
  return [
    problemAt('wrong-value', [...path, 'max'], `must be a whole number, since it counts calls, not ${limit.max}`),
  ];
}

const problemAt = (code: PolicyProblemCode, path: JsonPath, message: string): PolicyProblem => ({
  level: 'error',
  code,
  path,
  tool: toolAt(path),
  message,
});
