import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEYS, runAtTerminal } from '../support/pty.ts';

test('at a real terminal a report is shown in colour and within its width', async () => {
  const terminal = runAtTerminal(['classify', 'test/fixtures/tools.json'], { columns: 60 });
  assert.equal(await terminal.exit, 0);
  assert.match(terminal.screen(), /Recommended/);
  const table = terminal
    .screen()
    .split('\n')
    .filter((line) => /low|medium|critical/.test(line));
  assert.ok(table.every((line) => line.length <= 60));
});

test('Ctrl-C at a real terminal ends a scan with 130', async () => {
  const terminal = runAtTerminal(['scan', '--', process.execPath, '-e', 'setInterval(() => {}, 1000)']);
  await terminal.waitFor(/connecting/);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
});
