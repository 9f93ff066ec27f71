import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { BIN, plainEnvironment, temporaryFolder } from '../support/run-cli.ts';

/** Never answers, and cannot be talked into ending. */
const STUBBORN = `
require('node:fs').writeFileSync(process.env.PID_FILE, String(process.pid));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
setInterval(() => {}, 1000);
`;

interface Interrupted {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly serverLives: boolean;
}

/** Scans a server that hangs, and sends signals once it runs. */
async function interrupt(t: TestContext, ...signals: NodeJS.Signals[]): Promise<Interrupted> {
  const pidFile = join(temporaryFolder(t), 'pid');
  const args = [BIN, 'scan', '--json', '--env', `PID_FILE=${pidFile}`, '--', process.execPath, '-e', STUBBORN];
  const child = spawn(process.execPath, args, { env: plainEnvironment() });
  t.after(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') {
    assert.equal(child.exitCode, null, `ended before the server ran: ${stderr}`);
    await wait(20);
  }
  for (const signal of signals) {
    child.kill(signal);
    await wait(50);
  }
  const exitCode = await closed;
  return { exitCode, stdout, stderr, serverLives: lives(Number(readFileSync(pidFile, 'utf8'))) };
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  test(`${signal} ends the server first, then exits with ${code}, without a word`, async (t) => {
    const { exitCode, stdout, stderr, serverLives } = await interrupt(t, signal);
    assert.deepEqual([exitCode, stdout, serverLives], [code, '', false]);
    assert.doesNotMatch(stderr, /error|bug/);
  });

test('a second Ctrl-C leaves no server behind', async (t) => {
  const { exitCode, serverLives } = await interrupt(t, 'SIGINT', 'SIGINT', 'SIGINT');
  assert.deepEqual([exitCode, serverLives], [130, false]);
});

test('a reader who stalls does not keep us after a signal', async (t) => {
  const file = join(temporaryFolder(t), 'many.json');
  writeFileSync(file, JSON.stringify(Array.from({ length: 3000 }, (_, number) => ({ name: `list_${number}` }))));
  const child = spawn(process.execPath, [BIN, 'classify', file, '--json'], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_, signal) => resolve(signal)));
  child.stdout.once('readable', () => setTimeout(() => child.kill('SIGTERM'), 300));
  assert.equal(await ended, 'SIGTERM');
});

test('Ctrl-C ends the wait for stdin', async (t) => {
  const child = spawn(process.execPath, [BIN, 'classify', '--json'], { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => {});
  // More than a pipe holds: what takes it all reads, and waits for the rest of the list.
  await new Promise((resolve) => child.stdin.write(`[${' '.repeat(2 ** 20)}`, resolve));
  child.kill('SIGINT');
  assert.equal(await closed, 130);
});

/** A command that listens for signals says itself that it was interrupted: nothing is left that holds it up. */
for (const [command, end] of [
  ['classify', 130],
  ['check', 'SIGINT'],
  ['test', 'SIGINT'],
] as const)
  test(`Ctrl-C ends ${command} while it waits for a pipe that nobody writes to`, {
    skip: process.platform === 'win32',
  }, async (t) => {
    const folder = temporaryFolder(t);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'tools.json'), '{"tools":[]}');
    const words = { classify: ['pipe'], check: ['pipe', 'tools.json'], test: ['pipe', 'a'] }[command] as string[];
    const child = spawn(process.execPath, [BIN, command, ...words], { cwd: folder, stdio: 'ignore' });
    t.after(() => child.kill('SIGKILL'));
    const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
    await wait(1000);
    child.kill('SIGINT');
    assert.equal(await ended, end);
  });
