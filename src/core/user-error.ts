/** What a `UserError` says. */
export interface UserErrorParts {
  /** Permanent, upper snake case. */
  readonly code: string;
  /** A full sentence: what happened to what. */
  readonly message: string;
  /** One line: why. Never holds a secret. */
  readonly because: string;
  /** Full sentences: what to do next. */
  readonly hint: string;
  /** The last lines a server wrote to stderr before it failed, shown below the cause. */
  readonly serverOutput?: readonly string[];
}

/**
 * Something the person can do something about. Every other error is a bug of ours.
 * A situation has one factory, beside the code that throws; call sites carry no prose.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly because: string;
  readonly hint: string;
  readonly serverOutput: readonly string[];

  constructor({ code, message, because, hint, serverOutput = [] }: UserErrorParts) {
    super(message);
    this.code = code;
    this.because = because;
    this.hint = hint;
    this.serverOutput = serverOutput;
  }
}
