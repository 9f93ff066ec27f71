/** Why a policy could not be used for a decision. */
import { UserError } from '../../core/user-error.ts';

/** More than a screen of problems hides the first. */
const MAX_PROBLEMS = 5;

function told(problems: readonly string[]): string {
  const more = problems.length > MAX_PROBLEMS ? [`${problems.length - MAX_PROBLEMS} more`] : [];
  const text = [...problems.slice(0, MAX_PROBLEMS), ...more].join('; ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;
}

export const policyInvalid = (file: string, problems: readonly string[]): UserError =>
  new UserError({
    code: 'POLICY_INVALID',
    message: `The policy "${file}" is not valid, so nothing was decided.`,
    because: told(problems),
    hint: `Correct it; "policylayer check" on it lists all that is wrong.`,
  });

export const casesInvalid = (file: string, problems: readonly string[]): UserError =>
  new UserError({
    code: 'CASES_INVALID',
    message: `The cases in "${file}" are not valid, so none was run.`,
    because: told(problems),
    hint: 'Write a list of cases such as {"tool": "create_charge", "args": {"amount": 5}, "expect": "allow"}.',
  });

export const argumentsInvalid = (because: string): UserError =>
  new UserError({
    code: 'ARGUMENTS_INVALID',
    message: 'The arguments of the call could not be read, so nothing was decided.',
    because,
    hint: `Give a JSON object, as in --args '{"amount": 5}', a file as in --args @call.json, or "-" for stdin.`,
  });
