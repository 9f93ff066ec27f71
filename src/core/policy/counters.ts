/** Counters of limits, kept by the caller. */
import type { Reservation } from './compile-policy.ts';
import type { Limit } from './policy.ts';

/** UTC knows no leap seconds, so that its calendar windows are equal pieces of the time since 1970. */
export const WINDOW_MS: Readonly<Record<Limit['window'], number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** What is used, by counter and window. */
export type Used = Map<string, number>;

export interface Moment {
  /** Who calls: counters of the scope `grant` are each caller's own. */
  readonly caller: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Reserves all, or, where one is full, none: then that one is returned. */
export function reserve(used: Used, reservations: readonly Reservation[], moment: Moment): Reservation | null {
  const wanted = new Map<string, number>();
  for (const reservation of reservations) {
    const key = counterKey(reservation, moment);
    const total = (wanted.get(key) ?? used.get(key) ?? 0) + reservation.amount;
    if (total > reservation.max) return reservation;
    wanted.set(key, total);
  }
  for (const [key, total] of wanted) used.set(key, total);
  return null;
}

function counterKey({ counter, window, scope }: Reservation, { caller, now }: Moment): string {
  const number = Math.floor(now / WINDOW_MS[window]);
  return JSON.stringify([counter, window, number, scope === 'grant' ? caller : null]);
}
