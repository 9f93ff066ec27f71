/**
 * Something the person can do something about: what happened to what, why, and the next action.
 * Every other error is a bug of ours. Situations have one factory each, beside the code that throws.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    /** Permanent, upper snake case. */
    readonly code: string,
    /** A full sentence: what happened to what. */
    message: string,
    /** One line: why. Never holds a secret. */
    readonly because: string,
    /** Full sentences: what to do next. */
    readonly hint: string,
    /** The last lines a server wrote to stderr before it failed, for display below the cause. */
    readonly serverOutput: readonly string[] = [],
  ) {
    super(message);
  }
}
