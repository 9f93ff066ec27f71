import { setMaxListeners } from 'node:events';

/** The time was up before the work was done. */
export class TimedOut extends Error {}

/** The caller's signal was aborted before the work was done. */
export class Interrupted extends Error {}

/** Node fires a longer timer at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The outcome of `work`, or TimedOut or Interrupted, whichever comes first. It does not stop the work: the caller
 * closes what the work waits for.
 */
export async function withinDeadline<T>(
  work: () => Promise<T>,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<T> {
  // One signal serves any number of servers at once, and Node takes eleven listeners for a leak.
  setMaxListeners(0, signal);
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new TimedOut()), Math.min(timeoutMs, LONGEST_TIMER_MS));
    const onAbort = (): void => reject(new Interrupted());
    signal.addEventListener('abort', onAbort);
    stop = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([work(), stopped]);
  } finally {
    stop();
  }
}
