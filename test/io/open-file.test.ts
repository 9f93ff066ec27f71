import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTextFile } from '../../src/io/files/bounded-text.ts';
import { openFile } from '../../src/io/files/open-file.ts';
import { runShell, temporaryFolder } from '../support/run-cli.ts';

const noPipes = process.platform === 'win32';

function newPipe(t: TestContext): string {
  const pipe = join(temporaryFolder(t), 'pipe');
  execFileSync('mkfifo', [pipe]);
  return pipe;
}

test('a pipe that nobody opens at the other end is given up, with the reason', { skip: noPipes }, async (t) => {
  const stream = await openFile(newPipe(t), { shown: 'the pipe', patienceMs: 50 });
  await assert.rejects(text(stream), { code: 'PIPE_SILENT', message: 'Could not read "the pipe".' });
});

test('so is one whose writer falls silent', { skip: noPipes }, async (t) => {
  const pipe = newPipe(t);
  const stream = await openFile(pipe, { shown: pipe, patienceMs: 300 });
  const writer = await open(pipe, 'w');
  t.after(() => writer.close());
  await writer.write('the beginning');
  await assert.rejects(text(stream), { code: 'PIPE_SILENT' });
});

test('a pipe is read to its end, however late its writer comes and however much it has', {
  skip: noPipes,
}, async (t) => {
  const pipe = newPipe(t);
  const reading = readTextFile(pipe);
  await sleep(100);
  const writer = await open(pipe, 'w');
  const much = 'word '.repeat(200_000);
  await writer.writeFile(much);
  await writer.close();
  assert.equal(await reading, much);
});

test('what the shell hands over is read: stdin by its path, and the output of a command', {
  skip: noPipes,
}, async (t) => {
  const policy = `{"version":"1","default":"deny","tools":{}}`;
  for (const line of [
    `echo '${policy}' | policylayer check /dev/stdin`,
    `echo '${policy}' > pol.json; policylayer check /dev/stdin < pol.json`,
    `bash -c "policylayer check <(sleep 0.2; echo '${policy.replaceAll('"', '\\"')}')"`,
    `echo '[{"name":"a"}]' | policylayer classify /dev/stdin --json`,
  ]) {
    const { exitCode, stderr } = await runShell(line, { cwd: temporaryFolder(t) });
    assert.equal(exitCode, 0, `${line}: ${stderr}`);
  }
});
