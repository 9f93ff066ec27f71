/** The official conformance suite passes through the gateway what it passes without it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openBridge } from '../support/http-bridge.ts';
import { BIN, plainEnvironment, ROOT, temporaryFolder } from '../support/run-cli.ts';

const SUITE = join(ROOT, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
const SERVER = fileURLToPath(new URL('../support/conformance-server.js', import.meta.url));

/** Per scenario how many checks passed and how many did not, as the suite sums them up. */
async function resultsOf(args: readonly string[], cwd: string): Promise<string[]> {
  const bridge = await openBridge(args);
  const child = spawn(process.execPath, [SUITE, 'server', '--suite', 'all', '--url', bridge.url], {
    cwd,
    env: { ...plainEnvironment(), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  await new Promise((resolve) => child.on('close', resolve));
  await bridge.close();
  const results = said.match(/^[✓✗] .*$/gm) ?? [];
  assert.ok(results.length >= 30, said);
  return results;
}

test('the conformance suite passes through the gateway what it passes without it', { timeout: 180_000 }, async (t) => {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ version: '1', default: 'allow', tools: {} }));
  const gateway = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off', '--'];
  const [without = [], through] = await Promise.all(
    [[SERVER], [...gateway, process.execPath, SERVER]].map((args) => resultsOf(args, folder)),
  );
  assert.deepEqual(
    without.filter((line) => !line.startsWith('✓')),
    [],
  );
  assert.deepEqual(through, without);
});
