/** A thousand clients of the SDK at once, of several processes, in front of one listener. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startListener } from '../support/listener-run.ts';
import { startRecordingHttp } from '../support/recording-http.ts';
import { residentMegabytes } from '../support/resident-memory.ts';
import { auditOf, awayFromTheHour, usedIn } from '../support/state-facts.ts';

const BURST = fileURLToPath(new URL('../support/client-burst.js', import.meta.url));

/** What so many clients at once, of several processes, got of one call each. */
async function burst(url: string, clients: number, ...words: string[]): Promise<string[]> {
  const processes = Array.from({ length: 4 }, async () => {
    const child = spawn(process.execPath, [BURST, url, String(clients / 4), ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks = await child.stdout.toArray();
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as string[];
  });
  return (await Promise.all(processes)).flat();
}

const LIMITS = [{ counter: 'calls', window: 'hour', max: 500, scope: 'server' }];

test('a thousand clients at once with 500 calls left: exactly 500 calls reach the server, and everyone gets an answer', {
  timeout: 120_000,
}, async (t) => {
  await awayFromTheHour();
  const server = await startRecordingHttp();
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: { version: '1', default: 'deny', tools: { read: { limits: LIMITS } } },
  });
  const before = residentMegabytes(gateway.child.pid);
  const told = await burst(gateway.url(), 1000, 'read');
  assert.deepEqual(
    told.filter((text) => text !== 'did read' && !text.startsWith('Denied by policy')),
    [],
  );
  assert.equal(told.filter((text) => text === 'did read').length, 500);
  assert.equal(server.bodies().filter((body) => body.includes('tools/call')).length, 500);
  const grown = residentMegabytes(gateway.child.pid) - before;
  assert.ok(grown < 200, `it grew by ${grown} MB`);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0);
  assert.doesNotMatch(gateway.stderr(), /"level":"error"/);
  const outcomes = (await auditOf(gateway.stateFile)).map(({ outcome }) => outcome);
  const count = (what: string): number => outcomes.filter((outcome) => outcome === what).length;
  assert.deepEqual([count('allowed'), count('denied'), count('answered')], [500, 500, 500]);
  assert.equal(usedIn(gateway.stateFile), 500);
});

const PROGRAM = fileURLToPath(new URL('../support/stateless-everything.js', import.meta.url));

test('a thousand clients of the stateless revision share one program: exactly as many calls pass as the limit allows', {
  timeout: 120_000,
}, async (t) => {
  await awayFromTheHour();
  const gateway = await startListener(t, {
    servers: { program: { command: process.execPath, args: [PROGRAM, 'stdio'] } },
    policy: { version: '1', default: 'deny', tools: { echo: { limits: LIMITS } } },
  });
  const told = await burst(gateway.url(), 1000, 'echo', '2026-07-28');
  assert.deepEqual(
    told.filter((text) => text !== 'done' && !text.startsWith('Denied by policy')),
    [],
  );
  assert.equal(told.filter((text) => text === 'done').length, 500);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0);
  assert.equal(usedIn(gateway.stateFile), 500);
});
