import { nearestNames } from '../nearest-names.ts';
import type { Argument } from './argument-domain.ts';
import { pathOfSteps, stepsOf } from './call-path.ts';
import type { JsonPath } from './json-pointer.ts';
import { type PolicyProblem, toolAt } from './policy-problem.ts';
import { listed, quoted } from './shown-value.ts';

/** What to say of an argument that the schema does not know; nothing where it does, or says nothing. */
export function unknownArgument(where: JsonPath, path: string, argument: Argument): PolicyProblem[] {
  if (argument.isKnown || (argument.isOpen && argument.beside.length === 0)) return [];
  const { beside, depth, isOpen } = argument;
  const steps = stepsOf(path);
  const to = (name: string): string => pathOfSteps([...steps.slice(0, depth), name]);
  const near = nearestNames(steps.slice(depth).join('.'), beside).map((name) => quoted(to(name)));
  const others =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : beside.length === 0
        ? 'there are no arguments here'
        : `there are ${listed(beside.map(to), 'and')}`;
  return [
    {
      level: isOpen ? 'warning' : 'error',
      code: 'unknown-argument',
      path: where,
      tool: toolAt(where),
      message: `the server's schema has no ${quoted(path)}: ${others}`,
    },
  ];
}
