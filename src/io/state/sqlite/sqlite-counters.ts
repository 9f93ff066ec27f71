import type { Reservation } from '../../../core/policy/compile-policy.ts';
import { WINDOW_MS } from '../../../core/policy/counters.ts';
import { counterKey } from '../counter-key.ts';
import type { Caller, Receipt, Reserved } from '../store.ts';
import type { Sql } from './database.ts';

interface Taken {
  readonly key: string;
  readonly starts: number;
  readonly ends: number;
  amount: number;
  used: number;
}

/**
 * To be run in one transaction: takes all, with one statement each, where every window has begun and has room. Null
 * where that is not so; then the transaction has to be undone, and `reserveIn` finds out why.
 */
export function takeIn(sql: Sql, caller: Caller, limits: readonly Reservation[], now: number): Receipt | null {
  const taken: Receipt['taken'][number][] = [];
  for (const limit of limits) {
    const { window, amount, max } = limit;
    const key = counterKey(caller, limit);
    const starts = windowStart(window, now);
    const take = 'UPDATE counters SET used = used + ? WHERE key = ? AND starts = ? AND used + ? <= ?';
    if (sql.run(take, amount, key, starts, amount, max).changes === 0) return null;
    taken.push({ key, starts, amount });
  }
  return { taken };
}

/** To be run in one transaction: takes all, or, where one has no room, nothing. */
export function reserveIn(sql: Sql, caller: Caller, limits: readonly Reservation[], now: number): Reserved {
  const taken = new Map<string, Taken>();
  for (const limit of limits) {
    const key = counterKey(caller, limit);
    const counter = taken.get(key) ?? readCounter(sql, key, limit, now);
    if (counter.used + limit.amount > limit.max) return { ok: false, full: limit, resetsAt: counter.ends };
    counter.used += limit.amount;
    counter.amount += limit.amount;
    taken.set(key, counter);
  }
  for (const { key, starts, ends, used } of taken.values())
    sql.run('INSERT OR REPLACE INTO counters (key, starts, ends, used) VALUES (?, ?, ?, ?)', key, starts, ends, used);
  const receipt = [...taken.values()].map(({ key, starts, amount }) => ({ key, starts, amount }));
  return { ok: true, receipt: { taken: receipt } };
}

function readCounter(sql: Sql, key: string, { window }: Reservation, now: number): Taken {
  const starts = windowStart(window, now);
  const row = sql.get('SELECT starts, ends, used FROM counters WHERE key = ?', key);
  // A clock that was put back must not give anybody a second helping: the later window goes on.
  if (row !== undefined && Number(row.starts) >= starts)
    return { key, starts: Number(row.starts), ends: Number(row.ends), amount: 0, used: Number(row.used) };
  return { key, starts, ends: starts + WINDOW_MS[window], amount: 0, used: 0 };
}

const windowStart = (window: Reservation['window'], now: number): number =>
  Math.floor(now / WINDOW_MS[window]) * WINDOW_MS[window];

export function giveBackIn(sql: Sql, { taken }: Receipt): void {
  for (const { key, starts, amount } of taken)
    sql.run('UPDATE counters SET used = max(0, used - ?) WHERE key = ? AND starts = ?', amount, key, starts);
}

export function sweepCounters(sql: Sql, now: number): void {
  sql.run('DELETE FROM counters WHERE ends < ?', now);
}
