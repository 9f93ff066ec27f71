/** Many calls at once, and then many calls in all. */
import type { BenchClient } from './bench-clients.ts';

const AT_ONCE = 32;

/** Calls a second, with 32 in flight at any time. */
export async function callsPerSecond(client: BenchClient, calls: number): Promise<number> {
  const started = performance.now();
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await client.echo();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return calls / ((performance.now() - started) / 1000);
}
