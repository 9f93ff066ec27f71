/** The gateway over stdio in front of server-everything, against the same server without it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { bin } from '../support/installed-server.ts';
import { BIN } from '../support/run-cli.ts';
import { addedTime } from './added-time.ts';
import { callsPerSecond, residentMegabytes } from './call-burst.ts';
import type { Figure } from './figure.ts';

const SERVER = [bin('@modelcontextprotocol/server-everything'), 'stdio'];
/** With a limit, so that each call reserves, and is written down, in the state. */
export const BENCH_POLICY = {
  version: '1',
  default: 'deny',
  tools: { echo: { limits: [{ counter: 'calls', window: 'day', max: 1_000_000, scope: 'grant' }] } },
};
const BURST = 10_000;
const CALLS_FOR_MEMORY = 100_000;

export async function measureStdioGateway(folder: string): Promise<Figure[]> {
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(BENCH_POLICY));
  const gateway = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off', '--'];
  const direct = await connect(SERVER);
  const through = await connect([...gateway, process.execPath, ...SERVER]);
  try {
    const added = await addedTime(direct.client, through.client);
    const directBurst = await callsPerSecond(direct.client, BURST);
    const burst = await callsPerSecond(through.client, BURST);
    const before = residentMegabytes(through.pid);
    await callsPerSecond(through.client, CALLS_FOR_MEMORY);
    const after = residentMegabytes(through.pid);
    const compared = (what: string, without: string): string => `gateway over stdio: ${what} (without it ${without})`;
    return [
      {
        what: compared('added to a call at the median', `a call takes ${added.directMs.toFixed(2)} ms`),
        found: added.medianMs,
        atMost: 0.3,
        unit: 'ms',
      },
      { what: 'gateway over stdio: added to a call at the 99th percentile', found: added.ninetyNinthMs, unit: 'ms' },
      {
        what: compared('calls per second, 32 at once', directBurst.toFixed(0)),
        found: burst,
        unit: 'calls/s',
      },
      {
        what: `gateway over stdio: memory after ${CALLS_FOR_MEMORY} calls (before them ${before.toFixed(0)} MB)`,
        found: after,
        atMost: 200,
        unit: 'MB',
      },
    ];
  } finally {
    await Promise.all([direct.client.close(), through.client.close()]);
  }
}

async function connect(args: readonly string[]): Promise<{ readonly client: Client; readonly pid: number }> {
  const client = new Client({ name: 'bench', version: '1' });
  const transport = new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });
  await client.connect(transport);
  return { client, pid: transport.pid ?? 0 };
}
