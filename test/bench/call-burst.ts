/** Many calls at once, and then many calls in all. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { echo } from './added-time.ts';

const AT_ONCE = 32;

/** Calls a second, with 32 in flight at any time. */
export async function callsPerSecond(client: Client, calls: number): Promise<number> {
  const started = performance.now();
  let left = calls;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await echo(client);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return calls / ((performance.now() - started) / 1000);
}
