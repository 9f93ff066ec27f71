import type { AuditEntry } from '../../src/core/audit/audit-entry.ts';
import type { Reservation } from '../../src/core/policy/compile-policy.ts';

/** An allowed call of `read_file`, as far as a test does not say otherwise. */
export const entry = (parts: Partial<AuditEntry> = {}): AuditEntry => ({
  at: 1_790_000_000_000,
  call: 'c1',
  grant: 'local',
  server: 'files',
  tool: 'read_file',
  rule: '/tools/read_file',
  outcome: 'allowed',
  latencyMs: 0.25,
  argumentKeys: ['path'],
  era: '2025-11-25',
  ...parts,
});

/** At most `max` a day of a counter for all, as far as a test does not say otherwise. */
export const limit = (max: number, parts: Partial<Reservation> = {}): Reservation => ({
  counter: 'calls',
  window: 'day',
  max,
  scope: 'server',
  amount: 1,
  pointer: '/all_tools/limits/0',
  message: 'They are used up.',
  ...parts,
});
