/** Servers on this machine for one test file, all closed when its tests are over. */
import { spawn } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import { bin } from './installed-server.ts';
import { freePort, untilListening } from './ports.ts';

export interface HttpServer {
  /** Of its root, without a slash at the end. */
  readonly address: string;
  /** Breaks off what it has open, and is not there until it is started again at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Answers with `listener`. */
export async function openHttpServer(listener: RequestListener): Promise<HttpServer> {
  const server = createServer(listener);
  const listen = (at: number): Promise<void> =>
    new Promise((resolve) => server.listen({ port: at, host: '127.0.0.1', backlog: 4096 }, resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  after(stop);
  return { address: `http://127.0.0.1:${port}`, stop, start: () => listen(port) };
}

/** Answers with `listener`; gives the address of its root, without a slash at the end. */
export const startHttpServer = async (listener: RequestListener): Promise<string> =>
  (await openHttpServer(listener)).address;

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
