/** What a gateway adds to a call, against the same calls on a direct connection, made in turn in the same run. */
import type { BenchClient } from './bench-clients.ts';
import { median, percentile } from './measure.ts';

export interface AddedTime {
  readonly directMs: number;
  readonly medianMs: number;
  readonly ninetyNinthMs: number;
}

const WARM_UP = 2000;
const CALLS = 5000;

export async function addedTime(direct: BenchClient, through: BenchClient): Promise<AddedTime> {
  const times: { readonly direct: number[]; readonly through: number[] } = { direct: [], through: [] };
  for (let call = -WARM_UP; call < CALLS; call++) {
    const [first, second] = [await timeOf(direct), await timeOf(through)];
    if (call < 0) continue;
    times.direct.push(first);
    times.through.push(second);
  }
  return {
    directMs: median(times.direct),
    medianMs: median(times.through) - median(times.direct),
    ninetyNinthMs: percentile(times.through, 99) - percentile(times.direct, 99),
  };
}

async function timeOf(client: BenchClient): Promise<number> {
  const started = performance.now();
  await client.echo();
  return performance.now() - started;
}
