import { UserError } from '../core/user-error.ts';
import { bugText, errorText } from './error-text.ts';
import type { Terminal } from './terminal.ts';

/** Says what went wrong. What fails while everything is being ended fails because of that: nothing is said. */
export function reportFailure(error: unknown, terminal: Terminal): void {
  if (terminal.isEnding) return;
  terminal.note(error instanceof UserError ? errorText(error) : bugText(error));
}
