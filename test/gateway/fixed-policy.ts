import type { CompiledPolicy } from '../../src/core/policy/compile-policy.ts';
import type { PolicySource } from '../../src/gateway/policy-source.ts';

/** A policy that stays as it is. */
export function fixedPolicy(policy: CompiledPolicy): PolicySource {
  return { current: policy, refresh: () => policy, onChange: () => () => {}, onRead: () => () => {} };
}
