import type { Store } from '../io/state/store.ts';
import type { EndWriter } from './end-writer.ts';
import type { Log } from './event.ts';
import type { PolicySource } from './policy-source.ts';
import type { Rounds } from './rounds.ts';

/** What a policy is enforced with. */
export interface EnforcementOptions {
  /** What the server is called where no session is at hand. */
  readonly server: string;
  readonly policy: PolicySource;
  readonly store: Store;
  /** Lets everything through and records what would have been denied. */
  readonly isObserving: boolean;
  /** What becomes of calls that the store is needed for, where it cannot be reached. */
  readonly whenStateFails: 'deny' | 'allow';
  readonly approvalTimeoutMs: number;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The same with what is kept between calls. */
export interface Enforcement extends EnforcementOptions {
  readonly rounds: Rounds;
  /** For what is written down after it happened. */
  readonly ends: EndWriter;
}
