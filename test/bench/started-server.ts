import { type ChildProcess, spawn } from 'node:child_process';
import { bin } from '../support/installed-server.ts';
import { freePort, untilListening } from '../support/ports.ts';

/** A program that answers on a port of this machine. */
export interface StartedServer {
  readonly address: string;
  readonly child: ChildProcess;
}

/** Starts a script, which learns its port from its arguments or from PORT, and waits until it listens. */
export async function startServer(
  script: string,
  argsFor: (port: string) => readonly string[],
  cwd?: string,
): Promise<StartedServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [script, ...argsFor(String(port))], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: 'ignore',
    cwd,
  });
  await untilListening(port, child);
  return { address: `http://localhost:${port}`, child };
}

/** The reference server over streamable HTTP. */
export const startEverything = (): Promise<StartedServer> =>
  startServer(bin('@modelcontextprotocol/server-everything'), () => ['streamableHttp']);
