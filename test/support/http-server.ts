/** Servers on this machine for one test file, all closed when its tests are over. */
import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { bin } from './installed-server.ts';
import { freePort, untilListening } from './ports.ts';

/** Answers with `listener`; gives the address of its root, without a slash at the end. */
export async function startHttpServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The reference server over HTTP, in either of its ways. */
export async function startEverything(way: 'streamableHttp' | 'sse'): Promise<string> {
  const port = await freePort();
  const env = { PATH: process.env.PATH ?? '', PORT: String(port) };
  const child = spawn(process.execPath, [bin('@modelcontextprotocol/server-everything'), way], {
    env,
    stdio: 'ignore',
  });
  after(() => child.kill('SIGKILL'));
  await untilListening(port, child);
  return `http://localhost:${port}`;
}
