/** The conditions and limits of one rule against the arguments that its tool takes now. */
import type { Tool } from '../../tool.ts';
import { stepsOf } from '../call-path.ts';
import type { RegexCompiler } from '../condition.ts';
import { conditionWords } from '../condition-words.ts';
import { jsonEqual } from '../json-equal.ts';
import type { JsonPath } from '../json-pointer.ts';
import type { Condition } from '../policy.ts';
import { type PolicyProblem, policyProblem } from '../policy-problem.ts';
import { conditionsOf, guardsOf, limitsOf, type RuleAt } from '../rule-parts.ts';
import { listed } from '../shown-value.ts';
import { ANYTHING, argumentIn } from './argument-domain.ts';
import { contradictionIn } from './can-hold.ts';
import { domainWords } from './domain-words.ts';
import type { NearestNames } from './first-hints.ts';
import { neverProblem } from './lint-policy.ts';
import { unknownArgument } from './unknown-argument.ts';

export interface FitContext {
  readonly regex: RegexCompiler;
  readonly nearest: NearestNames;
}

/** What does not fit of one tool's rule. A tool without an input schema fits any. */
export function fitRule(rule: RuleAt, { inputSchema }: Tool, { regex, nearest }: FitContext): PolicyProblem[] {
  if (inputSchema === undefined) return [];
  const argumentAt = (path: string) => argumentIn(inputSchema, stepsOf(path));
  const domainAt = (path: string) => {
    const argument = argumentAt(path);
    return argument.isKnown ? argument.domain : ANYTHING;
  };
  const guards = guardsOf(rule).flatMap((guard) => {
    const unknown = conditionsOf(guard).flatMap(({ path, condition }) =>
      unknownArgument([...path, 'path'], condition.path, argumentAt(condition.path), nearest),
    );
    if (unknown.length > 0) return unknown;
    if (contradictionIn(guard.guard, { regex }) !== null) return [];
    const found = contradictionIn(guard.guard, { domainAt, regex });
    if (found !== null) {
      const because = `by the server's schema ${found.conditions[0]?.path} is ${domainWords(found.domain)}, so it cannot be that ${found.conditions.map(conditionWords).join(' and ')}`;
      return [neverProblem(guard.key, guard.path, because)];
    }
    return conditionsOf(guard).flatMap(({ path, condition }) =>
      unknownValues([...path, 'value'], condition, domainAt(condition.path).values),
    );
  });
  const limits = limitsOf(rule).flatMap(({ path, limit: { increment_from: from } }) => {
    if (from === undefined) return [];
    const where = [...path, 'increment_from'];
    const unknown = unknownArgument(where, from, argumentAt(from), nearest);
    if (unknown.length > 0) return unknown;
    const domain = domainAt(from);
    if (domain.types === null || domain.types.has('number')) return [];
    const message = `denies every call: by the server's schema ${from} is ${domainWords(domain)}, and only numbers can be added up`;
    return [policyProblem('error', 'uncounted-argument', where, message)];
  });
  return [...guards, ...limits];
}

/** Values of a list that the schema does not know: a slip of the keyboard, or gone from the server. */
function unknownValues(path: JsonPath, { op, value }: Condition, known: readonly unknown[] | null): PolicyProblem[] {
  if (known === null || (op !== 'in' && op !== 'not_in' && op !== 'neq')) return [];
  const values: readonly unknown[] = op === 'neq' ? [value] : (value as unknown[]);
  const unknown = values.filter((each) => !known.some((other) => jsonEqual(each, other)));
  if (unknown.length === 0) return [];
  const message = `the server's schema does not list ${listed(unknown, 'or')}: it has ${listed(known, 'and')}`;
  return [policyProblem('warning', 'unknown-value', path, message)];
}
