import { setTimeout as sleep } from 'node:timers/promises';
import type { PersonsDecision } from './approval-store.ts';

const LOOK_AGAIN_MS = 150;

/** `null`: it still waits. */
type Look = () => Promise<PersonsDecision | 'expired' | null>;

/** Looks until there is a decision; where `signal` is aborted, `withdraw` is called and the answer is `expired`. */
export async function awaitDecision(
  look: Look,
  withdraw: () => Promise<void>,
  signal: AbortSignal,
): Promise<PersonsDecision | 'expired'> {
  while (!signal.aborted) {
    const decision = await look();
    if (decision !== null) return decision;
    await sleep(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
  }
  await withdraw();
  return 'expired';
}
