/** The listener of the gateway: before a server over HTTP, and before one over stdio beside another open proxy. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectServer } from '../../src/core/project/project.ts';
import { bin } from '../support/installed-server.ts';
import { BIN } from '../support/run-cli.ts';
import { addedTime } from './added-time.ts';
import { httpClient, stdioClient } from './bench-clients.ts';
import { callsPerSecond } from './call-burst.ts';
import type { Figure } from './figure.ts';
import { BENCH_POLICY, gatewayFigures } from './gateway-figures.ts';
import { type StartedServer, startEverything, startServer } from './started-server.ts';

const SERVER = [bin('@modelcontextprotocol/server-everything'), 'stdio'];
const BURST = 5000;

export async function measureHttpGateway(folder: string): Promise<Figure[]> {
  mkdirSync(folder);
  const server = await startEverything();
  const url = `${server.address}/mcp`;
  const gateway = await startListener(folder, { url });
  const direct = await httpClient(url);
  const through = await httpClient(addressBehind(gateway));
  try {
    return await gatewayFigures('HTTP', { direct, through, pid: gateway.child.pid ?? 0 });
  } finally {
    await Promise.all([direct.close(), through.close()]);
    for (const { child } of [gateway, server]) child.kill('SIGKILL');
  }
}

/** Both make a server over stdio one over HTTP. Only the gateway decides, counts and writes down. */
export async function measureBesideOtherProxy(folder: string): Promise<Figure[]> {
  mkdirSync(folder);
  const gateway = await startListener(folder, { command: process.execPath, args: SERVER });
  const other = await startServer(bin('mcp-proxy'), (port) => [
    '--host',
    '127.0.0.1',
    '--port',
    port,
    '--server',
    'stream',
    '--',
    process.execPath,
    ...SERVER,
  ]);
  const direct = await stdioClient(SERVER);
  try {
    const figures: Figure[] = [];
    for (const [name, url] of [
      ['the gateway', addressBehind(gateway)],
      ['mcp-proxy', `${other.address}/mcp`],
    ] as const) {
      const through = await httpClient(url);
      const added = await addedTime(direct, through);
      const burst = await callsPerSecond(through, BURST);
      const what = `a server over stdio behind ${name} as one over HTTP:`;
      figures.push(
        { what: `${what} added to a call at the median`, found: added.medianMs, unit: 'ms' },
        { what: `${what} added at the 99th percentile`, found: added.ninetyNinthMs, unit: 'ms' },
        { what: `${what} calls per second, 32 at once`, found: burst, unit: 'calls/s' },
      );
      await through.close();
    }
    return figures;
  } finally {
    await direct.close();
    for (const { child } of [gateway, other]) child.kill('SIGKILL');
  }
}

function startListener(folder: string, server: Omit<ProjectServer, 'policy'>): Promise<StartedServer> {
  const config = join(folder, 'policylayer.yaml');
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(BENCH_POLICY));
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({ version: '1', servers: { everything: { ...server, policy: 'policy.json' } } }),
  );
  const state = join(folder, 'state.db');
  return startServer(
    BIN,
    (port) => ['gateway', '--config', config, '--listen', `127.0.0.1:${port}`, '--state', state, '--log', 'off'],
    folder,
  );
}

const addressBehind = ({ address }: StartedServer): string => `${address}/mcp/everything`;
