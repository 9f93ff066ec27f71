import { type JsonPath, pathText } from './json-pointer.ts';
import type { Limit } from './policy.ts';
import { type PolicyProblem, policyProblem } from './policy-problem.ts';
import { quoted } from './shown-value.ts';

export interface LimitAt {
  readonly path: JsonPath;
  readonly limit: Limit;
}

/**
 * Rules with one counter share it, so it has to mean one thing in all of them, and a call may not take from it twice.
 * What holds for all tools comes first.
 */
export function counterConflicts(limits: readonly LimitAt[]): PolicyProblem[] {
  const first = new Map<string, LimitAt>();
  const ofRule = new Map<string, LimitAt>();
  return limits.flatMap((each) => {
    const { counter } = each.limit;
    const here = `${counter} ${ruleOf(each)}`;
    const rival = ofRule.get(here) ?? ofRule.get(`${counter} ${FOR_ALL}`);
    const earlier = first.get(counter);
    if (earlier === undefined) first.set(counter, each);
    if (!ofRule.has(here)) ofRule.set(here, each);
    const unlike = earlier === undefined ? [] : differences(each, earlier);
    const twice = unlike.length === 0 && rival !== undefined ? [takenTwice(each, rival)] : [];
    return [...fractions(each), ...unlike, ...twice];
  });
}

const FOR_ALL = 'all_tools';

const ruleOf = ({ path }: LimitAt): string => (path[0] === 'all_tools' ? FOR_ALL : `tools ${path[1]}`);

function differences({ path, limit }: LimitAt, earlier: LimitAt): PolicyProblem[] {
  const there = pathText(earlier.path);
  const counter = quoted(limit.counter);
  const remedy = 'give one of them another counter';
  const found = (['window', 'scope'] as const)
    .filter((key) => limit[key] !== earlier.limit[key])
    .map((key) =>
      policyProblem(
        'error',
        'counter-conflict',
        [...path, key],
        `is "${limit[key]}", but the counter ${counter} has "${earlier.limit[key]}" in ${there}: ${remedy}`,
      ),
    );
  if ((limit.increment_from === undefined) === (earlier.limit.increment_from === undefined)) return found;
  const message = `${counter} counts calls in one place and adds up an argument in the other (${there}): ${remedy}`;
  return [...found, policyProblem('error', 'counter-conflict', [...path, 'counter'], message)];
}

/** Both limits hold for one call: they stand in one rule, or one of them holds for all tools. */
function takenTwice({ path, limit }: LimitAt, rival: LimitAt): PolicyProblem {
  const message = `${quoted(limit.counter)} would count one call twice, here and in ${pathText(rival.path)}: leave one of them out`;
  return policyProblem('error', 'counter-conflict', [...path, 'counter'], message);
}

function fractions({ path, limit }: LimitAt): PolicyProblem[] {
  if (limit.increment_from !== undefined || Number.isInteger(limit.max)) return [];
  return [
    policyProblem(
      'error',
      'wrong-value',
      [...path, 'max'],
      `must be a whole number, since it counts calls, not ${limit.max}`,
    ),
  ];
}
