/** What is decided about a call: written before the call goes out, so that a call without an end shows as one. */
const DECIDED = ['allowed', 'approved', 'denied', 'would-deny', 'unchecked'] as const;

/** What became of a call that went out: a row of its own, because a chained row is never changed. */
export const ENDED = ['answered', 'failed', 'unanswered', 'unreached'] as const;

/**
 * What happened to a policy, and to no call: another one holds from here on, or one was refused and the last valid one
 * goes on to hold. Such a row has neither call, caller nor tool; its rule is the digest of the file.
 */
export const OF_POLICY = ['policy-changed', 'policy-refused'] as const;

export const AUDIT_OUTCOMES = [...DECIDED, ...ENDED, ...OF_POLICY] as const;

/**
 * `approved`: a person let it through. `would-deny`: let through under --observe. `unchecked`: let through although the
 * store could not be reached, because --state-fail open was asked for. `failed`: the server answered with an error.
 * `unanswered`: it reached the server, and no answer came back. `unreached`: it did not, and gave its reservation back.
 */
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** One thing that happened to one call, or to the policy. Holds no value of any argument, and never may. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Joins the decision on a call with its end. */
  readonly call: string;
  /** The label of the grant; `local` over stdio. */
  readonly grant: string;
  readonly server: string;
  readonly tool: string;
  /** JSON pointer into the policy, or what `Decision.rule` says else; of a policy that was read, `sha256:` and its digest. */
  readonly rule: string;
  readonly outcome: AuditOutcome;
  /** How long the decision took, or for an end: how long the server took. */
  readonly latencyMs: number | null;
  readonly argumentKeys: readonly string[];
  /** The protocol revision that was spoken; null where it is not known. */
  readonly era: string | null;
}

/** An entry at its place in the chain. */
export interface AuditRow extends AuditEntry {
  readonly seq: number;
  /** SHA-256 over the digest of the row before it, and this row. */
  readonly digest: string;
}
