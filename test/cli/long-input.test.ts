/** Inputs so long that a thread shares the work. */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { BIN, plainEnvironment, run, temporaryFolder } from '../support/run-cli.ts';

const LINES = 12_000;
/** At the beginning, where one works alone, in the middle, where two do, and at the end. */
const BROKEN: ReadonlyMap<number, readonly [text: string, fault: string]> = new Map([
  [3, ['', '']],
  [7_000, ['{"name": ', 'Column 9: expected a value, found the end of the text']],
  [7_001, ['[1]', 'It is not an object']],
  [9_500, ['', '']],
  [9_999, ['{"name": ""}', 'It has no usable name']],
  [LINES, ['{', 'Column 2: expected a name in double quotes or "}", found the end of the text']],
]);

const tool = (number: number): string =>
  JSON.stringify({ name: `list_orders_${number}`, description: `Lists orders. ${'It has many words. '.repeat(40)}` });
const numbers = Array.from({ length: LINES }, (_, at) => at + 1);
const input = numbers.map((number) => `${BROKEN.get(number)?.[0] ?? tool(number)}\n`).join('');
const whole = numbers.filter((number) => !BROKEN.has(number)).map((number) => `list_orders_${number}`);
const faults = [...BROKEN].filter(([, [text]]) => text !== '').map(([number, [, fault]]) => [number, fault]);

for (const from of ['stdin', 'tools.ndjson'])
  test(`verdicts come in the order of ${from}, and broken lines are told with their numbers`, async (t) => {
    const cwd = temporaryFolder(t);
    writeFileSync(join(cwd, 'tools.ndjson'), input);
    const file = from === 'stdin' ? [] : [from];
    const { stdout, stderr, exitCode } = await run(['classify', ...file, '--format', 'ndjson'], {
      cwd,
      stdin: from === 'stdin' ? input : '',
    });
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).name),
      whole,
    );
    assert.equal(
      stderr,
      faults.map(([number, fault]) => `error: ${from}: Line ${number} could not be read. ${fault}.\n`).join(''),
    );
    assert.equal(exitCode, 2);
  });

/** Judges what is there of a stream that goes on. Calls back with how many verdicts came, as they come. */
function stream(t: TestContext, seen: (verdicts: number, child: ChildProcessWithoutNullStreams) => void) {
  const child = spawn(process.execPath, [BIN, 'classify', '--format', 'ndjson'], { env: plainEnvironment() });
  t.after(() => child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  let verdicts = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) verdicts += 1;
    seen(verdicts, child);
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  child.stdin.write(`${numbers.map(tool).join('\n')}\n`);
  return new Promise<{ exitCode: number | null; stderr: string }>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, stderr })),
  );
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`${signal} ends a stream that pauses, after every verdict on what has come`, async (t) => {
    const ended = await stream(t, (verdicts, child) => {
      if (verdicts === LINES) child.kill(signal);
    });
    assert.deepEqual(ended, { exitCode: code, stderr: '' });
  });

test('a reader who leaves ends a stream of which the rest has not come', async (t) => {
  const ended = await stream(t, (verdicts, child) => {
    if (verdicts > LINES / 2) child.stdout.destroy();
  });
  assert.deepEqual(ended, { exitCode: 0, stderr: '' });
});
