import type { EnforcementOptions } from '../../src/gateway/enforcement.ts';
import type { Store } from '../../src/io/state/store.ts';

/** How a policy is enforced where a test wants nothing else: calls that the state fails for are denied, and nobody is told. */
export const enforcementOver = (store: Store): Omit<EnforcementOptions, 'server' | 'policy'> => ({
  store,
  isObserving: false,
  whenStateFails: 'deny',
  approvalTimeoutMs: 1000,
  log: () => {},
  now: Date.now,
});
