/** The gateway over stdio in front of the reference server, against the same server without it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../support/installed-server.ts';
import { BIN } from '../support/run-cli.ts';
import { stdioClient } from './bench-clients.ts';
import type { Figure } from './figure.ts';
import { BENCH_POLICY, gatewayFigures } from './gateway-figures.ts';

const SERVER = [bin('@modelcontextprotocol/server-everything'), 'stdio'];

export async function measureStdioGateway(folder: string): Promise<Figure[]> {
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(BENCH_POLICY));
  const gateway = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off', '--'];
  const direct = await stdioClient(SERVER);
  const through = await stdioClient([...gateway, process.execPath, ...SERVER]);
  try {
    return await gatewayFigures('stdio', { direct, through, pid: through.pid });
  } finally {
    await Promise.all([direct.close(), through.close()]);
  }
}
