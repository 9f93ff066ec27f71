/** Why a client's config file is left as it is. */
import { UserError } from '../../../core/user-error.ts';

export const configNotEditable = (path: string): UserError =>
  new UserError({
    code: 'CONFIG_NOT_EDITABLE',
    message: `The configuration "${path}" was not changed.`,
    because: 'It is written in a way that could not be changed without touching other parts of it.',
    hint: 'Write the entry in the usual way, one key a line and each key once, and run the same command again.',
  });

export const configChangedMeanwhile = (path: string): UserError =>
  new UserError({
    code: 'CONFIG_CHANGED_MEANWHILE',
    message: `The configuration "${path}" was changed by somebody else in the meantime, so it was not written.`,
    because: 'The client that it belongs to may be running and keep it up to date.',
    hint: 'Close the client, and run the same command again.',
  });

export const configNotWritable = (path: string, because: string): UserError =>
  new UserError({
    code: 'CONFIG_NOT_WRITABLE',
    message: `The configuration "${path}" could not be written and is as it was.`,
    because,
    hint: 'Check that you may write there and that the disk is not full.',
  });
