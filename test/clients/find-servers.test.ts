/** Finding servers on a machine: what is told of them, and what a hostile or broken file cannot do. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Inventory } from '../../src/core/clients/inventory.ts';
import { readClients } from '../../src/io/read-catalog.ts';
import { findServers } from '../../src/workflows/find-servers.ts';
import { emptyMachine, machineWith, snapshot, writeFiles } from '../support/fixture-home.ts';

const notes = { command: 'npx', args: ['-y', '@modelcontextprotocol/server-memory'] };
const stateOf = ({ paths }: Inventory, end: string) => paths.find(({ path }) => path.endsWith(end));
/** As it is written in a config file; in a string of ours it would look like a mistake. */
const ref = (reference: string): string => `\${${reference}}`;
const codes = ({ findings }: Inventory): string[] => findings.map(({ code }) => code);

test('one server in five clients is one server, and says who holds it', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': { mcpServers: { memory: { ...notes, env: { A: '1' } } } },
    '.codeium/windsurf/mcp_config.json': { mcpServers: { Memory: { command: '/usr/bin/npx', args: notes.args } } },
    '.config/opencode/opencode.json': { mcp: { memory: { type: 'local', command: ['npx', ...notes.args] } } },
    '.codex/config.toml':
      '[mcp_servers.notes]\ncommand = "cmd"\nargs = ["/c", "npx", "@modelcontextprotocol/server-memory"]\n',
    '.config/zed/settings.json': { context_servers: { memory: { command: { path: 'npx', args: notes.args } } } },
  });
  const { servers } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ name, holders }) => [name, holders.map(({ client }) => client).sort()]),
    [['memory', ['codex', 'cursor', 'opencode', 'windsurf', 'zed']]],
  );
});

test('a finding names the server that is listed, whatever its file calls it', async (t) => {
  const machine = emptyMachine(t);
  const secret = { API_KEY: 'sk-live-1234567890abcdef' };
  writeFiles(machine.home, {
    '.cursor/mcp.json': { mcpServers: { a: { command: 'one' }, b: { command: 'two' } } },
    '.codeium/windsurf/mcp_config.json': { mcpServers: { b: { command: 'one', env: secret } } },
    '.claude.json': JSON.stringify(
      {
        projects: {
          '/x': { mcpServers: { a: { command: 'two', env: secret } } },
          '/y': { mcpServers: { a: { command: 'three', env: secret } } },
        },
      },
      null,
      2,
    ),
  });
  const { servers, findings } = await findServers(machine);
  const commandOf = (name: string | undefined) => servers.find((server) => server.name === name)?.spec;
  assert.deepEqual(
    findings.map(({ file, server }) => {
      const spec = commandOf(server);
      return [file.replace(/.*\//, ''), spec?.kind === 'stdio' && spec.command];
    }),
    [
      ['.claude.json', 'two'],
      ['.claude.json', 'three'],
      ['mcp_config.json', 'one'],
    ],
  );
});

test('two servers of one name keep apart, by names that are safe as files, whatever the case', async (t) => {
  const machine = emptyMachine(t);
  const names = ['a', 'A', '__proto__', '../../etc/passwd', 'con', '工具', '\u001B[31mred', '.', ''];
  const entries = names.map((name, at) => `${JSON.stringify(name)}: { "command": "node", "args": ["${at}.js"] }`);
  writeFiles(machine.home, { '.cursor/mcp.json': `{ "mcpServers": { ${entries.join(', ')} } }` });
  const { servers } = await findServers(machine);
  const found = servers.map(({ name }) => name);
  assert.equal(found.length, names.length);
  assert.equal(new Set(found.map((name) => name.toLowerCase())).size, found.length);
  for (const name of found) assert.match(name, /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
  assert.ok(found.includes('con-server') && found.includes('工具'));
  assert.ok(servers.some(({ holders }) => holders[0]?.name === '__proto__'));
});

test('addresses are compared without their secrets, their user and the slash at their end', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': { mcpServers: { a: { url: 'https://MCP.example.com/mcp/?api_key=one' } } },
    '.lmstudio/mcp.json': { mcpServers: { a: { url: 'https://me:pw@mcp.example.com/mcp?api_key=two' } } },
    '.kimi/mcp.json': { mcpServers: { a: { url: 'https://mcp.example.com/mcp?tenant=other' } } },
  });
  const { servers } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ holders }) => holders.length),
    [2, 1],
  );
});

test('variables are put in where they have a value, and what lacks one says so', async (t) => {
  const machine = emptyMachine(t, { env: { TOKEN: 'value-of-token' } });
  const env = {
    A: ref('TOKEN'),
    B: ref('env:TOKEN'),
    C: ref('MISSING'),
    D: ref('MISSING:-default'),
    E: ref('input:key'),
    F: '$TOKEN',
  };
  writeFiles(machine.home, { '.cursor/mcp.json': { mcpServers: { a: { command: 'a', env } } } });
  const [server] = (await findServers(machine)).servers;
  assert.deepEqual(server?.spec.kind === 'stdio' && server.spec.env, {
    ...{ A: 'value-of-token', B: 'value-of-token', C: ref('MISSING'), D: 'default', E: ref('input:key'), F: '$TOKEN' },
  });
  assert.deepEqual(server?.written.kind === 'stdio' && server.written.env, env);
  assert.deepEqual(server?.unresolved, [ref('MISSING'), ref('input:key')]);
});

test('a server that is disabled everywhere is disabled, and one in use gives its values', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': {
      mcpServers: { a: { ...notes, disabled: true, env: { A: 'off' } }, b: { command: 'b', enabled: false } },
    },
    '.lmstudio/mcp.json': { mcpServers: { a: { ...notes, env: { A: 'on' } } } },
  });
  const { servers } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ name, disabled }) => [name, disabled]),
    [
      ['a', false],
      ['b', true],
    ],
  );
  assert.equal(servers[0]?.spec.kind === 'stdio' && servers[0].spec.env.A, 'on');
});

test('one broken file never stops the rest, and each says why', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': '{\n  "mcpServers": {\n    "a" {} } }',
    '.codex/config.toml': 'model = "x"\n[mcp_servers.a\ncommand = "secret-value"\n',
    '.config/goose/config.yaml': 'extensions:\n  a: [1\n',
    '.kimi/mcp.json': '['.repeat(200_000),
    '.lmstudio/mcp.json': '',
    '.factory/mcp.json': '"a string"',
    '.junie/mcp/mcp.json': '\uFEFF{ "mcpServers": { "ok": { "command": "ok" } } }',
    '.warp/.mcp.json/folder': '',
  });
  const inventory = await findServers(machine);
  const told = (end: string) => [stateOf(inventory, end)?.state, stateOf(inventory, end)?.because];
  assert.deepEqual(told('.cursor/mcp.json'), ['unreadable', 'Line 3 is not JSON: colon expected.']);
  assert.deepEqual(told('.codex/config.toml'), ['unreadable', 'Line 2 is not TOML.']);
  assert.deepEqual(told('goose/config.yaml'), ['unreadable', 'Line 3 is not YAML.']);
  assert.deepEqual(told('.kimi/mcp.json'), ['unreadable', 'It is nested too deep.']);
  assert.deepEqual(told('.lmstudio/mcp.json'), ['empty', undefined]);
  assert.deepEqual(told('.factory/mcp.json'), ['empty', undefined]);
  assert.deepEqual(told('.warp/.mcp.json'), ['absent', undefined]);
  assert.deepEqual(
    inventory.servers.map(({ name }) => name),
    ['ok'],
  );
});

test('what is no server entry is told, and hides no other', async (t) => {
  const machine = emptyMachine(t);
  const odd = {
    text: 'x',
    number: 5,
    nothing: null,
    list: [],
    object: {},
    command: { command: 5 },
    empty: { command: '' },
    ok: notes,
  };
  writeFiles(machine.home, { '.cursor/mcp.json': { mcpServers: odd } });
  const inventory = await findServers(machine);
  assert.equal(codes(inventory).filter((code) => code === 'entry-not-understood').length, 7);
  assert.deepEqual(
    inventory.servers.map(({ name }) => name),
    ['ok'],
  );
});

test('a link within the home is followed, one that leads out of home or project is not', async (t) => {
  const machine = emptyMachine(t);
  const outside = join(machine.root, 'outside.json');
  writeFiles(machine.home, {
    'dotfiles/cursor.json': { mcpServers: { mine: notes } },
    'private.json': { mcpServers: { private: notes } },
  });
  writeFileSync(outside, JSON.stringify({ mcpServers: { theirs: notes } }));
  mkdirSync(join(machine.home, '.cursor'));
  mkdirSync(join(machine.home, '.lmstudio'));
  mkdirSync(join(machine.workingDirectory, '.cursor'));
  symlinkSync(join(machine.home, 'dotfiles/cursor.json'), join(machine.home, '.cursor/mcp.json'));
  symlinkSync(outside, join(machine.home, '.lmstudio/mcp.json'));
  symlinkSync(join(machine.home, 'private.json'), join(machine.workingDirectory, '.cursor/mcp.json'));
  const inventory = await findServers(machine);
  assert.deepEqual(
    inventory.servers.map(({ name }) => name),
    ['mine'],
  );
  for (const end of ['.lmstudio/mcp.json', 'project/.cursor/mcp.json'])
    assert.match(stateOf(inventory, end)?.because ?? '', /link/);
});

test('a pipe, a huge file and one that may not be read are told and not waited for', {
  skip: process.platform === 'win32',
}, async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': ' '.repeat(17 * 1024 * 1024),
    '.kimi/mcp.json': '{}',
    '.lmstudio/x': '',
  });
  execFileSync('mkfifo', [join(machine.home, '.lmstudio/mcp.json')]);
  chmodSync(join(machine.home, '.kimi/mcp.json'), 0);
  const inventory = await findServers(machine);
  assert.equal(stateOf(inventory, '.cursor/mcp.json')?.because, 'It is larger than 16 MB.');
  assert.equal(stateOf(inventory, '.lmstudio/mcp.json')?.because, 'It is no file.');
  if (process.getuid?.() !== 0) assert.match(stateOf(inventory, '.kimi/mcp.json')?.because ?? '', /EACCES/);
});

test('a file of ten thousand servers is read in part, and says so', async (t) => {
  const machine = emptyMachine(t);
  const many = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, at) => [`s${at}`, { command: 'node', args: [`${at}`] }]),
  );
  writeFiles(machine.home, { '.cursor/mcp.json': { mcpServers: many } });
  const inventory = await findServers(machine);
  assert.equal(inventory.servers.length, 500);
  assert.ok(codes(inventory).includes('entries-left-out'));
});

test('secrets, plain addresses and packages without a version are found, with file and line', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.cursor/mcp.json': `{
  "mcpServers": {
    "a": {
      "command": "npx",
      "args": ["-y", "some-server", "--api-key", "abcdef0123456789"],
      "env": {
        "GITHUB_TOKEN": "ghp_0123456789abcdefghij",
        "LOG_LEVEL": "debug"
      }
    },
    "b": {
      "url": "http://mcp.example.com/mcp?api_key=abcdef0123456789",
      "headers": { "Authorization": "Bearer abcdef0123456789" }
    },
    "pinned": { "command": "npx", "args": ["-y", "some-server@1.2.3"], "env": { "TOKEN": "\${TOKEN}", "KEY_FILE": "/etc/key" } },
    "local": { "url": "http://localhost:3000/mcp", "headers": { "Authorization": "Bearer \${env:TOKEN}" } },
    "placeholder": { "command": "node", "args": ["--token=\${TOKEN}"], "env": { "API_KEY": "your-api-key-here", "TOKEN_LIMIT": "1000" } },
    "off": { "command": "npx", "args": ["other-server"], "env": { "API_KEY": "abcdef0123456789" }, "disabled": true }
  }
}`,
  });
  const { findings } = await findServers(machine);
  assert.deepEqual(
    findings.map(({ level, code, line, server }) => `${level} ${code} ${server}:${line}`),
    [
      'warning secret-in-config a:7',
      'warning secret-in-config a:5',
      'note package-not-pinned a:5',
      'warning secret-in-config b:13',
      'warning secret-in-config b:12',
      'warning connection-unencrypted b:12',
      'note secret-in-config off:18',
    ],
  );
  assert.doesNotMatch(JSON.stringify(findings), /abcdef|ghp_/);
  assert.ok(findings.every(({ owasp }) => owasp !== null));
});

test('a server behind a gateway is the one that clients reach through it', async (t) => {
  const machine = emptyMachine(t);
  const held = { name: 'fetch', image: 'example/fetch', host: '127.0.0.1', port: 36802, proxy_mode: 'streamable-http' };
  writeFiles(machine.home, {
    '.local/state/toolhive/runconfigs/fetch.json': held,
    '.cursor/mcp.json': { mcpServers: { tools: { url: 'http://127.0.0.1:36802/mcp#fetch' } } },
  });
  const { servers, findings } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ holders }) => holders.map(({ client, name }) => `${client} ${name}`)),
    [['cursor tools', 'toolhive fetch']],
  );
  assert.deepEqual(findings, []);
});

test('an entry of a gateway that lacks what it is reached by is told, and makes up nothing', async (t) => {
  const machine = emptyMachine(t);
  writeFiles(machine.home, {
    '.local/state/toolhive/runconfigs/none.json': { name: 'none', image: 'example/none', host: { port: 1 } },
    '.local/state/toolhive/runconfigs/list.json': [1],
    '.docker/mcp/registry.yaml': 'registry:\n  "--verbose": { ref: "" }\n  broken: 1\n',
  });
  const { servers, findings } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ spec }) => spec.kind === 'stdio' && [spec.command, ...spec.args]),
    [['docker', 'mcp', 'gateway', 'run', '--servers=--verbose']],
  );
  assert.deepEqual(
    findings.map(({ code, server }) => `${code} ${server}`),
    ['entry-not-understood broken', 'entry-not-understood none'],
  );
});

test('what a client calls the folder of its plugin is that folder', async (t) => {
  const machine = emptyMachine(t);
  const server = { command: 'node', args: [`${ref('CLAUDE_PLUGIN_ROOT')}/server.js`] };
  const cache = '.claude/plugins/cache/market';
  writeFiles(machine.home, {
    [`${cache}/one/1.0.0/.mcp.json`]: { one: server },
    [`${cache}/two/1.0.0/.claude-plugin/plugin.json`]: { name: 'two', mcpServers: { two: server } },
  });
  const { servers } = await findServers(machine);
  assert.deepEqual(
    servers.map(({ name, spec, unresolved }) => [name, spec.kind === 'stdio' && spec.args, unresolved]),
    ['one', 'two'].map((name) => [name, [`${join(machine.home, cache, name, '1.0.0')}/server.js`], []]),
  );
});

test('nothing in the home changes, whatever the clients', async (t) => {
  const machine = machineWith(
    t,
    readClients().map(({ id }) => id),
  );
  const before = snapshot(machine.root);
  const { servers } = await findServers(machine);
  assert.ok(servers.length > 20);
  assert.deepEqual(snapshot(machine.root), before);
});
