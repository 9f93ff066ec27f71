/** Runs the real `bin/policylayer.js`, or a shell command that calls it, as a person would. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(fileURLToPath(import.meta.resolve('#package.json')));
export const BIN = join(ROOT, 'bin', 'policylayer.js');

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
}

/** `run(['scan', ...])`: what the program prints and exits with. Stdin is empty unless it is given. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return collect(process.execPath, [BIN, ...args], options);
}

/** A command line of `sh` in which `policylayer` is ours, and the servers of the dev dependencies are installed. */
export async function runShell(commandLine: string, options: RunOptions = {}): Promise<Ran> {
  const commands = mkdtempSync(join(tmpdir(), 'policylayer-bin-'));
  symlinkSync(BIN, join(commands, 'policylayer'));
  const path = [commands, join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  try {
    return await collect('sh', ['-c', commandLine], { ...options, env: { ...options.env, PATH: path } });
  } finally {
    rmSync(commands, { recursive: true });
  }
}

/** A folder for one test, gone after it. */
export function temporaryFolder(test: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'policylayer-test-'));
  // What a test started may write its last while it is removed.
  test.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 }));
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Ours without what changes how programs print. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, CI: _ci, ...rest } = process.env;
  return rest;
}

function collect(command: string, args: readonly string[], { cwd, stdin = '', env }: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: cwd ?? ROOT, env: { ...plainEnvironment(), ...env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (exitCode) =>
      resolve({ stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString(), exitCode }),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}
