/** What a gateway costs those who call through it, against the same calls on a direct connection in the same run. */
import { residentMegabytes } from '../support/resident-memory.ts';
import { addedTime } from './added-time.ts';
import type { BenchClient } from './bench-clients.ts';
import { callsPerSecond } from './call-burst.ts';
import type { Figure } from './figure.ts';

/** With a limit, so that each call reserves, and is written down, in the state. */
export const BENCH_POLICY = {
  version: '1',
  default: 'deny',
  tools: { echo: { limits: [{ counter: 'calls', window: 'day', max: 1_000_000, scope: 'grant' }] } },
};
const BURST = 10_000;
const CALLS_FOR_MEMORY = 100_000;

export interface GatewayClients {
  readonly direct: BenchClient;
  readonly through: BenchClient;
  /** The process of the gateway. */
  readonly pid: number;
}

/** `way` names how the clients are connected. */
export async function gatewayFigures(way: string, { direct, through, pid }: GatewayClients): Promise<Figure[]> {
  const added = await addedTime(direct, through);
  const directBurst = await callsPerSecond(direct, BURST);
  const burst = await callsPerSecond(through, BURST);
  const before = residentMegabytes(pid);
  await callsPerSecond(through, CALLS_FOR_MEMORY);
  const after = residentMegabytes(pid);
  return [
    {
      what: `gateway over ${way}: added to a call at the median (without it a call takes ${added.directMs.toFixed(2)} ms)`,
      found: added.medianMs,
      atMost: 0.3,
      unit: 'ms',
    },
    { what: `gateway over ${way}: added to a call at the 99th percentile`, found: added.ninetyNinthMs, unit: 'ms' },
    {
      what: `gateway over ${way}: calls per second, 32 at once (without it ${directBurst.toFixed(0)})`,
      found: burst,
      unit: 'calls/s',
    },
    {
      what: `gateway over ${way}: memory after ${CALLS_FOR_MEMORY} calls (before them ${before.toFixed(0)} MB)`,
      found: after,
      atMost: 200,
      unit: 'MB',
    },
  ];
}
