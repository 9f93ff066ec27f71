/** `policylayer wrap` and `unwrap`, as a person calls them. */
import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { rewriteConfig } from '../../src/io/clients/rewrite-config.ts';
import { readProjectAt } from '../../src/io/project/read-project.ts';
import { readClients } from '../../src/io/read-catalog.ts';
import { planWrap } from '../../src/workflows/wrap/plan-wrap.ts';
import { emptyMachine, writeFiles } from '../support/fixture-home.ts';
import { KEYS, runAtTerminal } from '../support/pty.ts';
import { BIN, run, runShell } from '../support/run-cli.ts';
import { contents, POLICY } from './wrapped-machine.ts';

const SECRET = 's3cr3t-0123456789';
const CURSOR = `{
  // two servers
  "mcpServers": {
    "memory": { "command": "npx", "args": ["-y", "memory-mcp", "--api-key=${SECRET}"], "env": { "LEVEL": "info" } },
    "tickets": {
      "url": "https://tickets.example.com/mcp",
      "headers": { "Authorization": "Bearer ${SECRET}" },
    },
    "other": { "command": "other" },
  },
}
`;
const PROJECT = `version: "1"
servers:
  memory:
    command: npx
    args: [-y, memory-mcp, "--api-key=\${env:MEMORY_API_KEY}"]
    env: { LEVEL: "\${env:LEVEL}" }
    policy: policy.yaml
  tickets:
    url: https://tickets.example.com/mcp
    headers: { Authorization: "Bearer \${env:TICKETS_TOKEN}" }
    policy: policy.yaml
`;

function machine(t: TestContext, files: Record<string, unknown> = {}) {
  const { home, workingDirectory, root } = emptyMachine(t);
  writeFiles(home, { '.cursor/mcp.json': CURSOR, ...files });
  writeFiles(workingDirectory, { 'policylayer.yaml': PROJECT, 'policy.yaml': POLICY });
  const env = { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', CODEX_HOME: '', WSL_DISTRO_NAME: '' };
  const config = join(home, '.cursor', 'mcp.json');
  return {
    ...{ home, root, config, workingDirectory, env },
    project: join(workingDirectory, 'policylayer.yaml'),
    read: () => readFileSync(config, 'utf8'),
    run: (...args: string[]) => run(args, { cwd: workingDirectory, env }),
    atTerminal: (...args: string[]) => runAtTerminal(args, { cwd: workingDirectory, env }),
  };
}

test('wrap names no secret on a command line: what only the configuration held is in the environment of the entry', async (t) => {
  const { run, read, project } = machine(t);
  const { exitCode, stdout, stderr } = await run('wrap', 'cursor', '--yes');
  assert.equal(exitCode, 0, stderr);
  assert.equal(stdout, '');
  assert.ok(!stderr.includes(SECRET), stderr);
  const { mcpServers } = JSON.parse(
    read()
      .replace(/^.*\/\/.*$/m, '')
      .replace(/,(?=\s*\})/g, ''),
  );
  const args = (server: string) => [BIN, 'gateway', '--config', project, '--server', server];
  const { command, ...memory } = mcpServers.memory;
  assert.deepEqual(memory, { args: args('memory'), env: { LEVEL: 'info', MEMORY_API_KEY: SECRET } });
  assert.deepEqual(mcpServers.tickets, { command, args: args('tickets'), env: { TICKETS_TOKEN: SECRET } });
  assert.deepEqual(mcpServers.other, { command: 'other' });
  assert.match(read(), /\/\/ two servers/);
});

test('a program of that name on the PATH is named only where it is this one', async (t) => {
  const { workingDirectory: cwd, env, read } = machine(t);
  assert.equal((await runShell('policylayer wrap cursor memory --yes', { cwd, env })).exitCode, 0);
  assert.match(read(), /"command": "policylayer", "args": \["gateway"/);
});

test('--npx names this version of the package', async (t) => {
  const { run, read } = machine(t);
  assert.equal((await run('wrap', 'cursor', 'memory', '--npx', '--yes')).exitCode, 0);
  assert.match(read(), /"command": "npx", "args": \["-y", "policylayer@\d+\.\d+\.\d+", "gateway"/);
  assert.match((await run('wrap')).stdout, /cursor +memory .*behind the gateway/);
});

test('where nobody can be asked nothing is changed, the changes are shown, and the exit code is 2', async (t) => {
  const { run, home } = machine(t);
  const before = contents(home);
  const { exitCode, stderr } = await run('wrap', 'cursor');
  assert.equal(exitCode, 2);
  assert.match(stderr, /- command: "npx"[\s\S]*\+ env\.MEMORY_API_KEY: "\*\*\*"[\s\S]*--yes/);
  assert.deepEqual(contents(home), before);
});

test('--dry-run changes nothing', async (t) => {
  const { run, home } = machine(t);
  const before = contents(home);
  const { exitCode, stderr } = await run('wrap', 'cursor', '--dry-run', '--yes');
  assert.equal(exitCode, 0);
  assert.match(stderr, /Nothing was changed/);
  assert.deepEqual(contents(home), before);
});

for (const [what, keys, code] of [
  ['Ctrl-C', KEYS.ctrlC, 130],
  ['no', `n${KEYS.enter}`, 1],
  ['Enter alone', KEYS.enter, 1],
] as const)
  test(`${what} at the question changes nothing`, async (t) => {
    const { atTerminal, home } = machine(t);
    const before = contents(home);
    const terminal = atTerminal('wrap', 'cursor');
    await terminal.waitFor(/Put these behind the gateway\?/);
    terminal.type(keys);
    assert.equal(await terminal.exit, code);
    assert.deepEqual(contents(home), before);
  });

test('yes at the questions wraps, and unwraps to the byte', async (t) => {
  const { atTerminal, home, read } = machine(t);
  const before = contents(home);
  for (const [command, question] of [
    ['wrap', /Put these behind the gateway\?/],
    ['unwrap', /Take these out from behind the gateway\?/],
  ] as const) {
    const terminal = atTerminal(command, 'cursor');
    await terminal.waitFor(question);
    terminal.type(`y${KEYS.enter}`);
    assert.equal(await terminal.exit, 0);
    assert.equal(read().includes('gateway'), command === 'wrap');
  }
  assert.deepEqual(contents(home), before);
});

test('servers wrapped one after the other come back to the byte as well, in any order', async (t) => {
  const { run, home } = machine(t);
  const before = contents(home);
  for (const name of ['memory', 'tickets']) assert.equal((await run('wrap', 'cursor', name, '--yes')).exitCode, 0);
  for (const name of ['memory', 'tickets']) assert.equal((await run('unwrap', 'cursor', name, '--yes')).exitCode, 0);
  assert.deepEqual(contents(home), before);
});

test('what a person adds to a wrapped entry stays when it is unwrapped', async (t) => {
  const { run, read, config } = machine(t);
  await run('wrap', 'cursor', '--yes');
  writeFileSync(
    config,
    read()
      .replace('"LEVEL": "info"', '"LEVEL": "debug", "NEW": "1"')
      .replace('"other" }', '"other", "disabled": true }'),
  );
  assert.equal((await run('unwrap', 'cursor', '--yes')).exitCode, 0);
  assert.match(
    read(),
    /"args": \["-y", "memory-mcp", "--api-key=s3cr3t-0123456789"\], "env": \{ "LEVEL": "debug", "NEW": "1" \}/,
  );
  assert.match(read(), /"other", "disabled": true/);
});

test('a configuration that is a link stays one, with its mode, and so does the backup', {
  skip: process.platform === 'win32',
}, async (t) => {
  const { run, home, config } = machine(t);
  mkdirSync(join(home, 'dotfiles'));
  renameSync(config, join(home, 'dotfiles', 'mcp.json'));
  chmodSync(join(home, 'dotfiles', 'mcp.json'), 0o600);
  symlinkSync(join(home, 'dotfiles', 'mcp.json'), config);
  assert.equal((await run('wrap', 'cursor', '--yes')).exitCode, 0);
  assert.ok(lstatSync(config).isSymbolicLink());
  for (const path of [config, `${config}.policylayer-backup`]) assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal((await run('unwrap', 'cursor', '--yes')).exitCode, 0);
  assert.ok(lstatSync(config).isSymbolicLink());
  assert.equal(readFileSync(config, 'utf8'), CURSOR);
});

test('a configuration that its client writes between the look and the change is left alone', async (t) => {
  const { home, project, config, workingDirectory } = machine(t);
  const cursor = readClients().filter(({ id }) => id === 'cursor');
  const where = { home, platform: 'linux', env: {}, workingDirectory } as const;
  const request = { names: [], project: await readProjectAt(project, 'policylayer.yaml'), program: ['policylayer'] };
  const plans = await Promise.all(cursor.map((client) => planWrap(client, where, request)));
  writeFileSync(config, '{ "mcpServers": {} }');
  const before = contents(home);
  for (const plan of plans.flatMap(({ configs }) => configs))
    await assert.rejects(rewriteConfig(plan), { code: 'CONFIG_CHANGED_MEANWHILE' });
  assert.deepEqual(contents(home), before);
});

test('clients and scan see the server behind the gateway, and start that', async (t) => {
  const { run } = machine(t);
  const before = JSON.parse((await run('clients', '--json', '--clients', 'cursor')).stdout);
  await run('wrap', 'cursor', '--yes');
  const after = JSON.parse((await run('clients', '--json', '--clients', 'cursor')).stdout);
  const targets = ({ servers }: { servers: { name: string; target: string }[] }) =>
    servers.map(({ name, target }) => `${name}: ${target}`.replace(/\$\{env:\w+\}/, '***'));
  assert.deepEqual(targets(after), targets(before));
  assert.deepEqual(
    after.servers.map((server: { holders: { behindGateway: boolean }[] }) =>
      server.holders.map((one) => one.behindGateway),
    ),
    [[true], [false], [true]],
  );
  assert.ok(!JSON.stringify(after).includes(SECRET));
  const { stderr } = await run('scan', '--all', '--timeout', '1');
  assert.match(stderr, /Starting: npx -y memory-mcp/);
  assert.doesNotMatch(stderr, /gateway --config/);
});

test('an entry whose policylayer.yaml is gone is an error that clients reports', async (t) => {
  const { run, project } = machine(t);
  await run('wrap', 'cursor', 'memory', '--yes');
  renameSync(project, `${project}.old`);
  const { stdout, exitCode } = await run('clients', '--clients', 'cursor', '--fail-on', 'error');
  assert.equal(exitCode, 1);
  assert.match(stdout, /gateway-not-ready/);
});

test('without its backup an entry is left alone, and the exit code is 2', async (t) => {
  const { run, read, config, home } = machine(t);
  await run('wrap', 'cursor', '--yes');
  renameSync(`${config}.policylayer-backup`, join(home, 'elsewhere'));
  const before = read();
  const { exitCode, stderr } = await run('unwrap', 'cursor', '--yes');
  assert.equal(exitCode, 2);
  assert.match(stderr, /in no backup/);
  assert.equal(read(), before);
});

test('a backup of entries that the client has lost is kept when others are wrapped', async (t) => {
  const { run, config } = machine(t);
  await run('wrap', 'cursor', '--yes');
  writeFileSync(config, '{ "mcpServers": { "memory": { "command": "npx", "args": ["memory-mcp", "--api-key=x"] } } }');
  assert.equal((await run('wrap', 'cursor', '--yes')).exitCode, 0);
  assert.equal(readFileSync(`${config}.policylayer-backup.bak`, 'utf8'), CURSOR);
});

test('a server without a policy, an unknown one, an unknown client and a broken policy are refused', async (t) => {
  const { run, home, workingDirectory } = machine(t);
  const before = contents(home);
  for (const [args, code] of [
    [['cursor', 'other'], /has no policy[\s\S]*policylayer init/],
    [['cursor', 'memoy'], /no server "memoy"[\s\S]*"memory"/],
    [['curser'], /Did you mean "cursor"/],
    [['cursor', '--all'], /--all/],
  ] as const) {
    const { exitCode, stderr } = await run('wrap', ...args, '--yes');
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, code);
  }
  assert.deepEqual(contents(home), before);
  writeFiles(workingDirectory, { 'policy.yaml': 'version: "1"\ntools: 7\n' });
  assert.match((await run('wrap', 'cursor', '--yes')).stderr, /policy of "memory" is not valid/);
});

test('escapes in the name of a server are not printed', async (t) => {
  const { run } = machine(t, {
    '.cursor/mcp.json': {
      mcpServers: { '\u001B[31mred': { command: 'npx', args: ['-y', 'memory-mcp', '--api-key=x'] } },
    },
  });
  for (const args of [['wrap'], ['wrap', 'cursor', '--yes'], ['unwrap', 'cursor', '--yes']]) {
    const { stdout, stderr } = await run(...args);
    assert.ok(!(stdout + stderr).includes('\u001B'));
    assert.match(stdout + stderr, /red/);
  }
});
