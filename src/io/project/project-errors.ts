/** Why a project file was not read or written. */
import { UserError } from '../../core/user-error.ts';

/** More than a screen of problems hides the first. */
const MAX_PROBLEMS = 10;

export const projectUnreadable = (path: string, because: string): UserError =>
  new UserError({
    code: 'PROJECT_UNREADABLE',
    message: `Could not read "${path}".`,
    because,
    hint: 'Check its path and that you may read it, or move it away.',
  });

export const projectBehindLink = (path: string, place: string): UserError =>
  new UserError({
    code: 'PROJECT_BEHIND_LINK',
    message: `The file "${path}" is not in its folder, so nothing was started or written.`,
    because: `A link leads to "${place}", and a project is written in its own folder only.`,
    hint: 'Run this in the folder that the link leads to, or put a file in the place of the link.',
  });

export function projectInvalid(path: string, problems: readonly string[]): UserError {
  const told = problems.slice(0, MAX_PROBLEMS).join('; ');
  const more = problems.length > MAX_PROBLEMS ? `; and ${problems.length - MAX_PROBLEMS} more` : '';
  return new UserError({
    code: 'PROJECT_INVALID',
    message: `The file "${path}" is not valid, so nothing was done.`,
    because: `${told.charAt(0).toUpperCase()}${told.slice(1)}${more}.`,
    hint: 'Correct it. A server has a "command" or a "url"; an override is "overrides: { SERVER: { TOOL: { class, because } } }".',
  });
}
