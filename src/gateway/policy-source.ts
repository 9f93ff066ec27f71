import type { OF_POLICY } from '../core/audit/audit-entry.ts';
import type { CompiledPolicy } from '../core/policy/compile-policy.ts';

/** What came of reading the policy again. */
export interface PolicyRead {
  readonly outcome: (typeof OF_POLICY)[number];
  /** Of the file as it was read; null where it could not be. */
  readonly digest: string | null;
}

/** Where the policy comes from that holds now. */
export interface PolicySource {
  /** The last that was valid. */
  readonly current: CompiledPolicy;
  /** The one that the next call is decided by: what was saved before this was asked counts. Never rejects. */
  refresh(): CompiledPolicy | Promise<CompiledPolicy>;
  /** Tells of every policy that takes the place of another; returns how to stop that. */
  onChange(listener: (policy: CompiledPolicy, before: CompiledPolicy) => void): () => void;
  /** Tells of each time it was read again, before anything is decided by it; returns how to stop that. */
  onRead(listener: (read: PolicyRead) => void): () => void;
}
