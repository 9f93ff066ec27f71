import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { BIN, plainEnvironment, run, runShell, temporaryFolder } from '../support/run-cli.ts';

/** A tool whose verdict is far larger than what a pipe holds, if there are many of them. */
const toolNumber = (number: number): object => ({
  name: `list_orders_${number}`,
  description: `Lists orders of shop ${number}. ${'It has many words. '.repeat(40)}`,
  inputSchema: { type: 'object', properties: { shop: { type: 'string' } } },
});
const line = (number: number): string => `${JSON.stringify(toolNumber(number))}\n`;
const many = JSON.stringify({ tools: Array.from({ length: 3000 }, (_, number) => toolNumber(number)) });

test('a reader who leaves early ends the program quietly, with the exit code it would have had', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'many.json'), many);
  for (const [options, code] of [
    ['--json', 0],
    ['--format text', 0],
    ['--format ndjson --fail-on low', 1],
  ] as const) {
    const command = `{ policylayer classify many.json ${options}; echo $? > code; } | head -n 1 > first; cat first code`;
    const { stdout, stderr } = await runShell(command, { cwd: folder });
    assert.equal(stdout.trimEnd().split('\n').length, 2);
    assert.equal(stdout.trimEnd().split('\n')[1], String(code), options);
    assert.equal(stderr, '');
  }
});

test('a reader who leaves ends a stream that would never end', async () => {
  const { stdout, stderr } = await runShell(
    `yes '{"name": "list_orders"}' | policylayer classify --format ndjson | head -n 2`,
  );
  assert.equal(stdout.split('\n').length, 3);
  assert.equal(stderr, '');
});

test('what is redirected to a file is whole and nothing but data', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'many.json'), many);
  const { stdout } = await runShell('policylayer classify many.json --json > report.json; cat report.json', {
    cwd: folder,
  });
  assert.equal(JSON.parse(stdout).servers[0].tools.length, 3000);
});

test('a full disk is an error with a reason', async () => {
  const { stderr, exitCode } = await runShell(`echo '[{"name": "a"}]' | policylayer classify --json > /dev/full`);
  assert.match(stderr, /^error: Could not write to stdout\.\ncause: No space left on device \(ENOSPC\)\.\nhint: {2}/);
  assert.equal(exitCode, 2);
});

test('help that could not be written is an error, and told once', async () => {
  for (const words of ['--help', '--version', 'help scan', 'grant help add']) {
    const { stderr, exitCode } = await runShell(`policylayer ${words} > /dev/full`);
    assert.equal(stderr.match(/Could not write to stdout/g)?.length, 1, words);
    assert.equal(exitCode, 2, words);
  }
});

test('a closed stdin, stdout or stderr is no reason to crash', async () => {
  assert.match((await runShell('policylayer classify <&-')).stderr, /^error: "stdin" is empty\./);
  assert.equal((await runShell(`echo '[{"name": "a"}]' | policylayer classify >&-; echo $?`)).stdout, '0\n');
  assert.equal((await runShell('policylayer classify missing.json 2>&-; echo $?')).stdout, '2\n');
});

test('scan without a terminal never waits for stdin', async () => {
  const child = spawn(process.execPath, [BIN, 'scan', 'missing.json'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const [exitCode] = await new Promise<[number | null]>((resolve) => child.on('close', (code) => resolve([code])));
  assert.equal(exitCode, 2);
  child.stdin.destroy();
});

test('a hundred thousand tools, one a line, take no more memory than a thousand', async (t) => {
  const child = spawn(process.execPath, ['--max-old-space-size=24', BIN, 'classify', '--format', 'ndjson'], {
    env: plainEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => {});
  t.after(() => child.kill('SIGKILL'));
  const lines = 100_000;
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) seen += 1;
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  for (let number = 0; number < lines; number += 500) {
    const text = Array.from({ length: 500 }, (_, at) => line(number + at)).join('');
    if (!child.stdin.write(text)) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  assert.equal(await closed, 0);
  assert.equal(seen, lines);
});

test('a slow reader slows the program down instead of filling its memory', async (t) => {
  const child = spawn(process.execPath, [BIN, 'classify', '--format', 'ndjson'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  t.after(() => child.kill('SIGKILL'));
  let taken = 0;
  let stalled = false;
  for (let number = 0; number < 50_000 && !stalled; number += 100) {
    const text = Array.from({ length: 100 }, (_, at) => line(number + at)).join('');
    const drained = child.stdin.write(text) || (await Promise.race([once(child.stdin, 'drain'), wait(1500, false)]));
    taken += text.length;
    stalled = !drained;
  }
  assert.ok(stalled, `took ${taken} bytes although nobody read a verdict`);
});

test('a verdict is there as soon as its tool is', async (t) => {
  const child = spawn(process.execPath, [BIN, 'classify', '--format', 'ndjson'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  t.after(() => child.kill('SIGKILL'));
  child.stdin.write(line(1));
  const [first] = await new Promise<[Buffer]>((resolve) => child.stdout.once('data', (chunk) => resolve([chunk])));
  assert.equal(JSON.parse(first.toString().split('\n')[0] ?? '').name, 'list_orders_1');
  child.stdin.end();
});

test('the same input gives the same bytes', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => run(['classify', '--json'], { stdin: many })));
  assert.equal(one?.stdout, two?.stdout);
});

function once(emitter: NodeJS.EventEmitter, event: string): Promise<true> {
  return new Promise((resolve) => emitter.once(event, () => resolve(true)));
}
