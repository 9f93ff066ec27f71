/** What a state holds after all, and how a test is kept clear of what changes with the clock. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import type { AuditRow } from '../../src/core/audit/audit-entry.ts';
import { openStore } from '../../src/io/state/open-store.ts';

/** All that is recorded; fails where the chain is broken. */
export async function auditOf(state: string): Promise<AuditRow[]> {
  const store = await openStore(state);
  const rows: AuditRow[] = [];
  for await (const row of store.audit.entries()) rows.push(row);
  assert.equal((await store.audit.verify()).intact, true);
  await store.close();
  return rows;
}

/** What all counters of a state file have taken. */
export function usedIn(state: string): number {
  const database = new Libsql(state);
  const [row] = database.prepare('SELECT sum(used) AS used FROM counters').all() as { used: number }[];
  database.close();
  return row?.used ?? 0;
}

/** A new hour is a new window, and would let through more. */
export async function awayFromTheHour(): Promise<void> {
  const left = 3_600_000 - (Date.now() % 3_600_000);
  if (left < 30_000) await sleep(left + 100);
}
