import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './run-cli.ts';

export interface Writer {
  readonly child: ChildProcess;
  /** The calls it said had passed, once it has ended. */
  readonly passed: Promise<readonly string[]>;
}

const SCRIPT = join(ROOT, 'dist', 'test', 'support', 'state-writer.js');

/** Starts a process that calls until the counter of `max` an hour is full. */
export function startWriter(where: string, max: number, name: string): Writer {
  const child = spawn(process.execPath, [SCRIPT, where, String(max), name], { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const passed = new Promise<readonly string[]>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(Buffer.concat(chunks).toString().split('\n').slice(0, -1)));
  });
  return { child, passed };
}
