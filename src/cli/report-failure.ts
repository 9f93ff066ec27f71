import { UserError } from '../core/user-error.ts';
import { bugText, errorText } from './error-text.ts';
import { ERROR_EXIT_CODE } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** Says what went wrong and returns the exit code. What fails while everything is being ended fails because of that: nothing is said. */
export function reportFailure(error: unknown, terminal: Terminal): number {
  if (terminal.interruptedBy === null) terminal.note(error instanceof UserError ? errorText(error) : bugText(error));
  return ERROR_EXIT_CODE;
}
