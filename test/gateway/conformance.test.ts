/** The official conformance suite passes through the gateway what it passes without it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBridge } from '../support/http-bridge.ts';
import { startListener } from '../support/listener-run.ts';
import { BIN, plainEnvironment, ROOT, temporaryFolder } from '../support/run-cli.ts';

const SUITE = join(ROOT, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const SERVER = fileURLToPath(new URL('../support/conformance-server.js', import.meta.url));
const JSON_ANSWERS = 'over HTTP, in front of a server over stdio';
const ALLOWS_ALL = { version: '1', default: 'allow', tools: {} };

/** Per scenario how many checks passed and how many did not, as the suite sums them up. */
async function resultsAt(url: string, t: TestContext): Promise<string[]> {
  const child = spawn(process.execPath, [SUITE, 'server', '--suite', 'all', '--url', url], {
    cwd: temporaryFolder(t),
    env: { ...plainEnvironment(), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await new Promise((resolve) => child.on('close', resolve));
  const results = said.match(/^[✓✗] .*$/gm) ?? [];
  assert.ok(results.length >= 30, said);
  return results;
}

/** Whoever makes a program one over HTTP may answer with JSON or a stream; the suite has one more look at a stream. */
const asStreams = (line: string): string => line.replace('multiple-streams: 1 passed', 'multiple-streams: 2 passed');

/** The address of a program that speaks over stdio, as one that speaks over HTTP. */
async function bridged(t: TestContext, args: readonly string[]): Promise<string> {
  const bridge = await openBridge(args);
  t.after(() => bridge.close());
  return bridge.url;
}

test('the conformance suite passes through the gateway what it passes without it', { timeout: 180_000 }, async (t) => {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(ALLOWS_ALL));
  const gateway = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off'];
  const server = await bridged(t, [SERVER]);
  const listener = await startListener(t, {
    servers: { elsewhere: { url: server }, program: { command: process.execPath, args: [SERVER] } },
    policy: ALLOWS_ALL,
    flags: ['--log', 'off'],
  });
  const ways = {
    without: server,
    'over stdio': await bridged(t, [...gateway, '--', process.execPath, SERVER]),
    'over stdio, in front of a server over HTTP': await bridged(t, [...gateway, server]),
    'over HTTP, in front of a server over HTTP': listener.url('elsewhere'),
    [JSON_ANSWERS]: listener.url('program'),
  };
  const results = await Promise.all(
    Object.entries(ways).map(async ([way, url]) => [way, await resultsAt(url, t)] as const),
  );
  const [[, without = []] = []] = results;
  assert.deepEqual(
    without.filter((line) => !line.startsWith('✓')),
    [],
  );
  for (const [way, through] of results)
    assert.deepEqual(way === JSON_ANSWERS ? through.map(asStreams) : through, without, way);
});
