/** A real Redis for one test file, where one is installed. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

export interface RedisServer {
  /** An address of a database that no other test uses. */
  fresh(): string;
  /** Goes on with what it had written down. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stands still, or goes on. */
  pause(): void;
  resume(): void;
  /** Stops it and takes its files away. */
  remove(): Promise<void>;
}

export async function redisServer(): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'policylayer-redis-'));
  let child: ChildProcess | null = null;
  let database = 0;
  const start = async (): Promise<void> => {
    const options = {
      '--port': port,
      '--dir': folder,
      '--databases': 100,
      '--appendonly': 'yes',
      '--bind': '127.0.0.1',
    };
    const words = Object.entries(options).flatMap(([name, value]) => [name, String(value)]);
    const started = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.on('error', reject).on('exit', () => reject(new Error('redis-server ended.')));
      started.stdout.on('data', (chunk: Buffer) => chunk.includes('Ready to accept connections') && resolve());
    });
  };
  const stop = async (): Promise<void> => {
    const stopping = child;
    child = null;
    if (stopping === null) return;
    const ended = new Promise((resolve) => stopping.once('exit', resolve));
    stopping.kill();
    await ended;
  };
  await start();
  return {
    fresh: () => {
      const address = `redis://127.0.0.1:${port}/${database}`;
      database += 1;
      return address;
    },
    start,
    stop,
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
