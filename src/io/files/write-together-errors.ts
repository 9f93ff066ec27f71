/** Why files that belong together were not written. Each says what is on the disk now. */
import { UserError } from '../../core/user-error.ts';
import { systemErrorText } from '../system-error.ts';

export const fileChangedMeanwhile = (path: string): UserError =>
  new UserError({
    code: 'FILE_CHANGED_MEANWHILE',
    message: `"${path}" was changed while you decided, so nothing was written.`,
    because: 'What was decided rests on what the file said before.',
    hint: 'Run the same command again: it starts from what the file says now.',
  });

export const filesNotWritten = (path: string, cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'FILES_NOT_WRITTEN',
    message: `Could not write "${path}", so nothing was written.`,
    because: systemErrorText(cause),
    hint: 'Check that you may write there and that the disk is not full.',
  });

export const notAFile = (path: string): UserError =>
  new UserError({
    code: 'NOT_A_FILE',
    message: `Could not write "${path}", so nothing was written.`,
    because: 'Something that is no file has this name.',
    hint: 'Rename or move what has this name, so that a file can take its place, and run the same command again.',
  });

export function filesPartlyWritten(
  path: string,
  written: readonly { readonly path: string; readonly backup: string | null }[],
  cause: NodeJS.ErrnoException,
): UserError {
  const done = written.map(({ path, backup }) => `"${path}"${backup === null ? '' : ` (before: "${backup}")`}`);
  return new UserError({
    code: 'FILES_PARTLY_WRITTEN',
    message: `Could not write "${path}" and what comes after it. Written before it: ${done.join(', ')}.`,
    because: systemErrorText(cause),
    hint: 'Check that you may write there, and run the same command again: it keeps what is written.',
  });
}
