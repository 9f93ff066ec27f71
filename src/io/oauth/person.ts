/** Whoever sits at the terminal, as far as a sign-in needs them. */

export interface SignInRequest {
  readonly server: string;
  /** The address of the server, printable. */
  readonly address: string;
  /** Who will ask for the password, and whose page that is where it is not its own. */
  readonly authorizationServer: string;
  readonly page: string;
}

export interface Person {
  /** Runs one sign-in after the other, each with the terminal to itself. */
  attend<T>(signIn: () => Promise<T>): Promise<T>;
  /** Whether the browser may be sent there. */
  agrees(request: SignInRequest): Promise<boolean>;
  /** Shows the address and opens it where that is possible. */
  visit(address: string): Promise<void>;
  /**
   * Lets them hand over the address where the browser ended, since one on another machine cannot come back by itself.
   * Resolves once `take` has taken one, or `signal` is aborted because none is needed any more.
   */
  paste(take: (address: string) => boolean, signal: AbortSignal): Promise<void>;
}
