import { UserError } from '../../core/user-error.ts';
import { systemErrorText } from '../../io/system-error.ts';

export const outputNotWritten = (cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'OUTPUT_NOT_WRITTEN',
    message: 'Could not write to stdout.',
    because: systemErrorText(cause),
    hint: 'Check the disk or the program that stdout goes to.',
  });
