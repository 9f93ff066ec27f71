import type { CompiledPolicy } from '../core/policy/compile-policy.ts';

/** Where the policy comes from that holds now. */
export interface PolicySource {
  /** The last that was valid. */
  readonly current: CompiledPolicy;
  /** The one that the next call is decided by: what was saved before this was asked counts. Never rejects. */
  refresh(): CompiledPolicy | Promise<CompiledPolicy>;
  /** Tells of every policy that takes the place of another; returns how to stop that. */
  onChange(listener: (policy: CompiledPolicy, before: CompiledPolicy) => void): () => void;
}
