/** A call that waits for a person. */
export interface AskedCall {
  readonly grant: string;
  readonly server: string;
  readonly tool: string;
  readonly rule: string;
  /** What the policy says a person has to know. */
  readonly message: string;
  /** Kept while the call waits, and gone with the decision. */
  readonly args: unknown;
  /** How long it waits. */
  readonly timeoutMs: number;
}

export interface PendingApproval extends Omit<AskedCall, 'timeoutMs'> {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly expiresAt: number;
}

/** `session`: this call, and others of the same tool until the client leaves; remembering that is the gateway's job. */
export type PersonsDecision = 'once' | 'session' | 'denied';

export interface ApprovalStore {
  /** Puts the call before a person; returns its id. */
  ask(call: AskedCall): Promise<string>;
  /** Waits for the person. `expired` where the time is over, the question was withdrawn, or `signal` is aborted. */
  outcome(id: string, signal: AbortSignal): Promise<PersonsDecision | 'expired'>;
  /** Those that still wait, the oldest first. */
  list(): Promise<PendingApproval[]>;
  /** False where the call does not wait any more: nothing is decided twice. */
  decide(id: string, decision: PersonsDecision): Promise<boolean>;
  /** The call is not waited for any more, because it was cancelled. */
  withdraw(id: string): Promise<void>;
}
