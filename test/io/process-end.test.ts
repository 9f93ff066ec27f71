import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { failureOf, listTools, someTools, temporaryFile, toolServer } from '../support/list-tools.ts';
import { processIsRunning } from '../support/process-is-running.ts';

/** A server with a child of its own; both ignore the end of stdin and every signal they can. */
function stubbornFamily(...switches: string[]) {
  const file = temporaryFile();
  const spec = toolServer(someTools(1), '--stubborn', '--grandchild', file, ...switches);
  const isRunning = () => processIsRunning(Number(readFileSync(file, 'utf8')));
  return { spec, isRunning };
}

describe('the end of a server', { concurrency: 4 }, () => {
  test('a server and its children that ignore signals are gone when the tools are there', async () => {
    const { spec, isRunning } = stubbornFamily();
    assert.equal((await listTools(spec)).tools.length, 1);
    assert.equal(isRunning(), false);
  });

  test('they are gone when the time limit is reached', async () => {
    const { spec, isRunning } = stubbornFamily('--silent', 'tools/list');
    assert.equal((await failureOf(spec, { timeoutMs: 1500 })).code, 'SERVER_TIMED_OUT');
    assert.equal(isRunning(), false);
  });

  test('they are gone when the listing is interrupted', async () => {
    const { spec, isRunning } = stubbornFamily('--silent', 'tools/list');
    assert.equal((await failureOf(spec, { signal: AbortSignal.timeout(1500) })).code, 'LISTING_INTERRUPTED');
    assert.equal(isRunning(), false);
  });

  test('a child is gone when the server itself has died', async () => {
    const { spec, isRunning } = stubbornFamily('--die-listing');
    assert.equal((await failureOf(spec)).code, 'SERVER_DIED_LISTING');
    assert.equal(isRunning(), false);
  });

  test('they are gone when our own process dies of a bug', async () => {
    const file = temporaryFile();
    const { args } = toolServer([], '--stubborn', '--grandchild', file, '--silent', 'initialize');
    const script = fileURLToPath(new URL('../support/dies-while-listing.js', import.meta.url));
    const [code] = await once(spawn(process.execPath, [script, ...args], { stdio: 'ignore' }), 'exit');
    assert.equal(code, 1);
    await sleep(50);
    assert.equal(processIsRunning(Number(readFileSync(file, 'utf8'))), false);
  });

  test('an interrupted listing starts nothing', async () => {
    const { spec, isRunning } = stubbornFamily();
    assert.equal((await failureOf(spec, { signal: AbortSignal.abort() })).code, 'LISTING_INTERRUPTED');
    assert.throws(isRunning, /ENOENT/);
  });

  test('a server that floods without end is ended', async () => {
    const { spec, isRunning } = stubbornFamily('--flood');
    assert.equal((await failureOf(spec, { timeoutMs: 20_000 })).code, 'SERVER_FLOODED');
    assert.equal(isRunning(), false);
  });
});
