/** Why a policy that is there cannot be gone on with. Each says that nothing was started or written. */
import { UserError } from '../core/user-error.ts';

const MAX_PROBLEMS = 5;

export function earlierPolicyInvalid(path: string, problems: readonly string[]): UserError {
  const more = problems.length > MAX_PROBLEMS ? `; and ${problems.length - MAX_PROBLEMS} more` : '';
  return new UserError({
    code: 'EARLIER_POLICY_INVALID',
    message: `The policy "${path}" is not valid, so nothing was started or written.`,
    because: `In ${problems.slice(0, MAX_PROBLEMS).join('; ')}${more}.`,
    hint: 'Correct it, or move it away.',
  });
}

export const policyElsewhere = (path: string): UserError =>
  new UserError({
    code: 'POLICY_ELSEWHERE',
    message: `The policy "${path}" is outside of the project, so nothing was started or written.`,
    because: 'The project file names it, and policies are written below its directory only.',
    hint: 'Correct "policy:" of the server in the project file.',
  });

export const policyBehindLink = (path: string, place: string): UserError =>
  new UserError({
    code: 'POLICY_BEHIND_LINK',
    message: `The policy "${path}" is outside of the project, so nothing was started or written.`,
    because: `A link leads to "${place}", and policies are written below the directory of the project file only.`,
    hint: 'Put a file or a folder in the place of the link, or name another file in "policy:" of the server.',
  });

export const policyShared = (one: string, other: string): UserError =>
  new UserError({
    code: 'POLICY_SHARED',
    message: `The servers "${one}" and "${other}" have one policy, so nothing was started or written.`,
    because: 'The project file names the same file for both, and what is decided about one would hold for the other.',
    hint: 'Name a file of its own for one of them, or take its "policy:" out.',
  });
