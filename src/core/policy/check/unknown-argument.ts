import { pathOfSteps, stepsOf } from '../call-path.ts';
import type { JsonPath } from '../json-pointer.ts';
import { type PolicyProblem, policyProblem } from '../policy-problem.ts';
import { listed, quoted } from '../shown-value.ts';
import type { Argument } from './argument-domain.ts';
import type { NearestNames } from './first-hints.ts';

/** What to say of an argument that the schema does not know; nothing where it does, or says nothing. */
export function unknownArgument(
  where: JsonPath,
  path: string,
  argument: Argument,
  nearest: NearestNames,
): PolicyProblem[] {
  if (argument.isKnown || (argument.isOpen && argument.beside.length === 0)) return [];
  const { beside, depth, isOpen } = argument;
  const steps = stepsOf(path);
  const to = (name: string): string => pathOfSteps([...steps.slice(0, depth), name]);
  const near = nearest(steps.slice(depth).join('.'), beside).map((name) => quoted(to(name)));
  const others =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : beside.length === 0
        ? 'there are no arguments here'
        : `there are ${listed(beside.map(to), 'and')}`;
  const message = `the server's schema has no ${quoted(path)}: ${others}`;
  return [policyProblem(isOpen ? 'warning' : 'error', 'unknown-argument', where, message)];
}
