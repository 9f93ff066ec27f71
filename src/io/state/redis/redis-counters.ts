import type { Reservation } from '../../../core/policy/compile-policy.ts';
import { WINDOW_MS } from '../../../core/policy/counters.ts';
import { counterKey } from '../counter-key.ts';
import type { Caller, Receipt, Reserved } from '../store.ts';
import { KEYS } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { GIVE_BACK, RESERVE } from './scripts.ts';

export async function reserveAt(link: RedisLink, caller: Caller, limits: readonly Reservation[]): Promise<Reserved> {
  if (limits.length === 0) return { ok: true, receipt: { taken: [] } };
  const keys = limits.map((limit) => counterKey(caller, limit));
  const values = limits.flatMap(({ window, max, amount }) => [WINDOW_MS[window], max, amount]);
  const answer = await link.run(RESERVE, keys.map(stored), values);
  const [ok, ...numbers] = (answer as readonly (string | number)[]).map(Number);
  const full = limits[(numbers[0] ?? 0) - 1];
  if (ok !== 1 && full !== undefined) return { ok: false, full, resetsAt: numbers[1] ?? 0 };
  const taken = limits.map(({ amount }, at) => ({ key: keys[at] ?? '', starts: numbers[at] ?? 0, amount }));
  return { ok: true, receipt: { taken } };
}

export async function giveBackAt(link: RedisLink, { taken }: Receipt): Promise<void> {
  if (taken.length === 0) return;
  const values = taken.flatMap(({ starts, amount }) => [starts, amount]);
  const keys = taken.map(({ key }) => stored(key));
  await link.run(GIVE_BACK, keys, values);
}

const stored = (key: string): string => `${KEYS.counter}${key}`;
