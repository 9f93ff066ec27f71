/** The official inspector's command line shows of a server through the gateway what it shows of it without. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { startEverything } from '../support/http-server.ts';
import { copyInspector } from '../support/inspector.ts';
import { bin } from '../support/installed-server.ts';
import { startListener } from '../support/listener-run.ts';
import { BIN, plainEnvironment, temporaryFolder } from '../support/run-cli.ts';

const inspector = copyInspector();
after(inspector.remove);
const SERVER = [process.execPath, bin('@modelcontextprotocol/server-everything'), 'stdio'];

interface Shown {
  readonly exitCode: number | null;
  readonly json: unknown;
}

function inspect(folder: string, server: string, asked: readonly string[]): Promise<Shown> {
  const args = [inspector.script, '--cli', '--config', join(folder, 'mcp.json'), '--server', server, ...asked];
  const child = spawn(process.execPath, args, { env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (exitCode) => {
      try {
        resolve({ exitCode, json: stdout === '' ? stderr : JSON.parse(stdout) });
      } catch {
        reject(new Error(`The inspector wrote: ${stdout}${stderr}`));
      }
    });
  });
}

function folderWith(t: TestContext, policy: unknown): string {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
  const [command = '', ...args] = SERVER;
  const project = join(folder, 'policylayer.yaml');
  // JSON is YAML.
  writeFileSync(
    project,
    JSON.stringify({ version: '1', servers: { everything: { command, args, policy: 'policy.json' } } }),
  );
  // As `policylayer wrap` writes it.
  const gateway = ['gateway', '--config', project, '--server', 'everything', '--state', join(folder, 'state.db')];
  const mcpServers = {
    without: { command, args },
    through: { command: process.execPath, args: [BIN, ...gateway] },
  };
  writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers }));
  return folder;
}

const ASKED: readonly (readonly string[])[] = [
  ['--method', 'tools/list'],
  ['--method', 'tools/call', '--tool-name', 'echo', '--tool-arg', 'message=hello'],
  ['--method', 'tools/call', '--tool-name', 'get-sum', '--tool-arg', 'a=1', '--tool-arg', 'b=2'],
  ['--method', 'resources/list'],
  ['--method', 'resources/templates/list'],
  ['--method', 'prompts/list'],
  ['--method', 'prompts/get', '--prompt-name', 'simple-prompt'],
];

async function assertSame(folder: string): Promise<void> {
  for (const asked of ASKED) {
    const [without, through] = await Promise.all([
      inspect(folder, 'without', asked),
      inspect(folder, 'through', asked),
    ]);
    assert.equal(without.exitCode, 0, JSON.stringify(without.json));
    assert.deepEqual(through, without, asked.join(' '));
  }
}

const ALLOWS_ALL = { version: '1', default: 'allow', tools: {} };

test('the inspector shows the same through the gateway as without it', (t) => assertSame(folderWith(t, ALLOWS_ALL)));

const [command = '', ...args] = SERVER;
for (const [what, spec] of [
  ['a server over HTTP', { url: `${await startEverything('streamableHttp')}/mcp` }],
  ['a server over stdio', { command, args }],
] as const)
  test(`the inspector shows the same of ${what} through the listener as without it`, async (t) => {
    const gateway = await startListener(t, { servers: { everything: spec }, policy: ALLOWS_ALL });
    const folder = temporaryFolder(t);
    const mcpServers = {
      without: 'url' in spec ? { type: 'streamable-http', ...spec } : spec,
      through: { type: 'streamable-http', url: gateway.url() },
    };
    writeFileSync(join(folder, 'mcp.json'), JSON.stringify({ mcpServers }));
    await assertSame(folder);
  });

test('the inspector shows the tools that the policy leaves, and its denials', async (t) => {
  const folder = folderWith(t, { version: '1', default: 'deny', hide: ['get-env'], tools: { 'get-sum': {} } });
  const listed = (await inspect(folder, 'through', ['--method', 'tools/list'])).json as { tools: { name: string }[] };
  assert.ok(listed.tools.some(({ name }) => name === 'get-sum'));
  assert.ok(!listed.tools.some(({ name }) => name === 'get-env'));
  const call = ['--method', 'tools/call', '--tool-name', 'get-env'];
  assert.match(JSON.stringify((await inspect(folder, 'through', call)).json), /Denied by policy/);
});
