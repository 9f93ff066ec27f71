/** `policylayer clients`, as a person or a program calls it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { inventoryReportSchema } from '../../src/core/clients/inventory-report.ts';
import { emptyMachine, writeFiles } from '../support/fixture-home.ts';
import { ROOT, run } from '../support/run-cli.ts';

const SECRET = 'abcdef0123456789';
const NO_VARIABLES = { CODEX_HOME: '', CLAUDE_CONFIG_DIR: '', XDG_CONFIG_HOME: '', APPDATA: '', WSL_DISTRO_NAME: '' };

function machine(t: TestContext) {
  const { home, workingDirectory } = emptyMachine(t);
  writeFiles(home, {
    '.cursor/mcp.json': {
      mcpServers: {
        '\u001B[31mred\u202E': {
          command: 'npx',
          args: ['-y', 'some-server', '--api-key', SECRET, `--root=${home}/notes`, `\${TOKEN:-${SECRET}}`],
          env: { API_KEY: SECRET },
        },
        remote: { url: `https://me:${SECRET}@mcp.example.com/mcp?key=${SECRET}`, headers: { 'X-Api-Key': SECRET } },
      },
    },
    '.kimi/mcp.json': `{ "mcpServers": { "a": "${SECRET}" "b" } }`,
  });
  return {
    home,
    workingDirectory,
    clients: (...args: string[]) =>
      run(['clients', ...args], { cwd: workingDirectory, env: { ...NO_VARIABLES, HOME: home, USERPROFILE: home } }),
  };
}

test('neither secrets, the home folder, nor terminal escapes are printed, in any format', async (t) => {
  const { clients, home } = machine(t);
  for (const args of [[], ['--all'], ['--json']]) {
    const { stdout, stderr, exitCode } = await clients(...args);
    assert.equal(exitCode, 0, stderr);
    assert.ok(!stdout.includes(SECRET), stdout);
    assert.ok(!stdout.includes(home), stdout);
    assert.ok(!stdout.includes('\u001B'), stdout);
    if (args[0] !== '--json') assert.ok(!stdout.includes('\u202E'));
  }
});

test('--json prints what the published schema says', async (t) => {
  const { clients } = machine(t);
  const report = inventoryReportSchema.parse(JSON.parse((await clients('--json')).stdout));
  assert.deepEqual(report.summary.findings, { error: 0, warning: 5, note: 1 });
  assert.equal(report.summary.unreadable, 1);
  assert.equal(report.servers.length, 2);
  const schema = JSON.parse(readFileSync(join(ROOT, 'dist/schema/inventory.json'), 'utf8'));
  assert.deepEqual(
    Object.keys(schema.properties).filter((key) => key !== '$schema'),
    Object.keys(report),
  );
});

test('--all shows the paths where nothing is, and --clients only those of some, by the ids that --all shows', async (t) => {
  const { clients } = machine(t);
  const all = (await clients('--all')).stdout;
  assert.match(all, /~\/\.codex\/config\.toml +absent/);
  assert.match(all, /^Kimi Code \(kimi\) /m);
  const { stdout } = await clients('--clients', 'kimi, codex');
  assert.match(stdout, /Kimi Code +~\/\.kimi\/mcp\.json +unreadable: Line 1/);
  assert.doesNotMatch(stdout, /Cursor/);
});

test('a client that nobody knows is a mistake, and the nearest is named', async (t) => {
  const { exitCode, stderr, stdout } = await machine(t).clients('--clients', 'cursr');
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^error: There is no client "cursr"\.\ncause: .*\nhint: {2}Did you mean "cursor"\?/);
});

test('--fail-on exits with 1 where a finding is as serious, and with 2 where one could be in what was not read', async (t) => {
  const { clients } = machine(t);
  assert.equal((await clients('--fail-on', 'warning')).exitCode, 1);
  assert.equal((await clients('--fail-on', 'error')).exitCode, 2);
  assert.equal((await clients('--clients', 'cursor', '--fail-on', 'error')).exitCode, 0);
  assert.equal((await clients('--clients', 'codex', '--fail-on', 'note')).exitCode, 0);
});

test('a project file that is wrong hides nothing of what the clients hold', async (t) => {
  const { clients, workingDirectory } = machine(t);
  writeFiles(workingDirectory, { 'policylayer.yaml': 'servers: [' });
  const { stdout, stderr, exitCode } = await clients('--json');
  assert.equal(inventoryReportSchema.parse(JSON.parse(stdout)).summary.servers, 2);
  assert.match(stderr, /^error: The file "policylayer.yaml" is not valid/);
  assert.equal(exitCode, 2);
});

test('with a project file, a server in use that has no policy there is found', async (t) => {
  const { clients, workingDirectory } = machine(t);
  writeFiles(workingDirectory, {
    'policylayer.yaml': `servers:
  mine:
    command: npx
    args: [some-server, --api-key, "\${env:API_KEY}", "--root=${join(workingDirectory, '..')}/notes", "\${env:TOKEN}"]
    policy: mine.yaml
  remote: { url: https://mcp.example.com/mcp }
`,
  });
  const { findings } = inventoryReportSchema.parse(JSON.parse((await clients('--json')).stdout));
  const ungoverned = findings.filter(({ code }) => code === 'server-in-no-policy');
  assert.deepEqual(
    ungoverned.map(({ server, owasp }) => [server, owasp]),
    [['remote', 'MCP09']],
  );
});
