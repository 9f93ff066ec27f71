import { resolve } from 'node:path';
import type { Reservation } from '../../../core/policy/compile-policy.ts';
import { WINDOW_MS } from '../../../core/policy/counters.ts';
import type { Caller, FullLimit, Receipt, Reserved, Store } from '../store.ts';
import type { Sql } from './database.ts';
import { openDatabase } from './open-database.ts';
import { sqliteApprovals, sweepApprovals } from './sqlite-approvals.ts';
import { sqliteAppender, sqliteAudit } from './sqlite-audit.ts';
import { giveBackIn, reserveIn, sweepCounters, takeIn } from './sqlite-counters.ts';
import { sqliteGrants } from './sqlite-grants.ts';

export interface SqliteOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** How long another process may keep us waiting. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 5000;

/** The state in one file, for any number of processes on one machine. */
export async function openSqliteStore(
  file: string,
  { now = Date.now, patienceMs = PATIENCE_MS }: SqliteOptions = {},
): Promise<Store> {
  const database = await openDatabase(file, { patienceMs });
  const append = sqliteAppender(resolve(file));
  const givenBack = new WeakSet<Receipt>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  const sweep = (sql: Sql): void => {
    if (now() - sweptAt < WINDOW_MS.hour) return;
    sweepCounters(sql, now());
    sweepApprovals(sql, now());
    sweptAt = now();
  };
  const reserve = async (
    caller: Caller,
    limits: readonly Reservation[],
    record: (sql: Sql, full: FullLimit | null) => void,
  ): Promise<Reserved> => {
    const receipt = await database.write((sql) => {
      const taken = takeIn(sql, caller, limits, now());
      if (taken !== null) record(sql, null);
      return taken;
    });
    if (receipt !== null) return { ok: true, receipt };
    return database.write((sql) => {
      sweep(sql);
      const reserved = reserveIn(sql, caller, limits, now());
      record(sql, reserved.ok ? null : reserved);
      return reserved;
    });
  };
  return {
    reserve: (caller, limits) => reserve(caller, limits, () => {}),
    reserveAndRecord: (caller, limits, entryFor) => reserve(caller, limits, (sql, full) => append(sql, entryFor(full))),
    giveBack: async (receipt) => {
      if (givenBack.has(receipt)) return;
      givenBack.add(receipt);
      try {
        await database.write((sql) => giveBackIn(sql, receipt));
      } catch (error) {
        givenBack.delete(receipt);
        throw error;
      }
    },
    record: (...entries) =>
      database.write((sql) => {
        for (const entry of entries) append(sql, entry);
      }),
    approvals: sqliteApprovals(database, now),
    grants: sqliteGrants(database, now),
    audit: sqliteAudit(database),
    close: async () => database.close(),
  };
}
