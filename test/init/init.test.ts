import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { spawn } from '@lydell/node-pty';
import { parse } from 'yaml';
import type { Policy } from '../../src/core/policy/policy.ts';
import { KEYS } from '../support/pty.ts';
import { BIN, plainEnvironment, runShell } from '../support/run-cli.ts';
import { answer, EVERYTHING, filesOf, isThere, type Machine, MEMORY, machine, toolsServer } from './machine.ts';

const DOWN = KEYS.down;
const END = '\u001B[F';
const policyOf = ({ read }: Machine, name: string): Policy => parse(read(`policies/${name}.yaml`)) as Policy;

test('one run by preset takes every server to a policy, and changes nothing else on the machine', async (t) => {
  const at = machine(t, { memory: MEMORY, files: filesOf('/tmp') });
  at.write('.claude.json', { mcpServers: { everything: EVERYTHING, memory: MEMORY } });
  const before = at.everything();
  const terminal = at.atTerminal();
  const shown = await answer(terminal, 'servers');
  assert.match(shown, /memory {2}\(Claude Code, Cursor\)/);
  assert.match(shown, /server-everything/);
  await answer(terminal, 'mode');
  await answer(terminal, 'agree');
  assert.equal(await terminal.exit, 0);
  assert.deepEqual(readdirSync(join(at.folder, 'policies')).sort(), ['everything.yaml', 'files.yaml', 'memory.yaml']);
  const { hide, tools } = policyOf(at, 'memory');
  assert.deepEqual(hide, ['delete_entities', 'delete_observations', 'delete_relations']);
  assert.deepEqual(tools.read_graph, {});
  assert.equal(tools.create_entities?.limits?.[0]?.max, 30);
  const { servers } = parse(at.read('policylayer.yaml'));
  assert.deepEqual(servers.memory.clients, ['claude-code', 'cursor']);
  assert.equal(servers.memory.policy, 'policies/memory.yaml');
  const after = at.everything();
  const added = Object.keys(after).filter((path) => !Object.hasOwn(before, path));
  assert.ok(
    added.every((path) => /^home\/work\/(?:policylayer\.yaml|policies(?:\/\w+\.yaml)?)$/.test(path)),
    added.join(),
  );
  for (const [path, content] of Object.entries(before)) assert.equal(after[path], content, path);
});

test('a review tool by tool writes what was decided', async (t) => {
  const at = machine(t);
  const terminal = at.atTerminal();
  await answer(terminal, 'servers');
  await answer(terminal, 'mode', DOWN + DOWN + DOWN + KEYS.enter);
  // The worst come first: three deletions, then three writes.
  const shown = await answer(terminal, 'review', `l${DOWN}${DOWN}${DOWN}k${DOWN}w`);
  assert.match(shown, /hide +delete_entities[\s\S]*limit 30\/min +add_observations[\s\S]*allow +open_nodes/);
  await terminal.waitFor(/Recommended: limit 30\/min/);
  terminal.type(`D${KEYS.enter}`);
  assert.match(await answer(terminal, 'agree'), /3 allow, 1 limit, 3 deny, 2 hide/);
  assert.equal(await terminal.exit, 0);
  const { hide, tools } = policyOf(at, 'memory');
  assert.deepEqual(hide, ['delete_observations', 'delete_relations']);
  assert.equal(tools.delete_entities?.limits?.[0]?.max, 10);
  assert.deepEqual(Object.keys(tools), ['delete_entities', 'open_nodes', 'read_graph', 'search_nodes']);
});

test('a list that is longer than a small screen scrolls', async (t) => {
  const at = machine(t, {});
  const tools = Array.from({ length: 150 }, (_, number) => ({
    name: `list_${String(number).padStart(3, '0')}`,
    inputSchema: { type: 'object' },
  }));
  at.write('.cursor/mcp.json', { mcpServers: { long: toolsServer(at, tools) } });
  const terminal = at.atTerminal([], { columns: 60, rows: 14 });
  await answer(terminal, 'servers');
  await answer(terminal, 'mode', DOWN + DOWN + DOWN + KEYS.enter);
  const shown = await answer(terminal, 'review', `${END}d`);
  assert.ok(shown.split('\n').length < 40, 'no more than the screen holds');
  await terminal.waitFor(/> deny +list_149/);
  terminal.type(KEYS.enter);
  assert.match(await answer(terminal, 'agree'), /149 allow, 1 deny/);
  assert.equal(await terminal.exit, 0);
});

test('colours are off where they are not wanted, also in what asks', async (t) => {
  const coloured = await firstQuestion(machine(t), {});
  assert.match(coloured, COLOR);
  assert.doesNotMatch(await firstQuestion(machine(t), { NO_COLOR: '1' }), COLOR);
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: what sets a colour begins with one
const COLOR = /\u001B\[[\d;]*m/;

/** What the terminal gets, colours included, until the first question stands. */
function firstQuestion({ home, folder }: Machine, env: Record<string, string>): Promise<string> {
  const variables = {
    ...plainEnvironment(),
    TERM: 'xterm-256color',
    HOME: home,
    XDG_CONFIG_HOME: `${home}/.config`,
    ...env,
  };
  const terminal = spawn(process.execPath, [BIN, 'init'], { cols: 100, rows: 40, cwd: folder, env: variables });
  let raw = '';
  return new Promise((resolve) => {
    terminal.onExit(() => resolve(raw));
    terminal.onData((text) => {
      raw += text;
      if (raw.includes('esc back')) terminal.kill('SIGKILL');
    });
  });
}

test('asking is a rule that a person can let a call through', async (t) => {
  const at = machine(t);
  const terminal = at.atTerminal();
  await answer(terminal, 'servers');
  await answer(terminal, 'mode', DOWN + DOWN + DOWN + KEYS.enter);
  await answer(terminal, 'review', `k${KEYS.enter}`);
  await answer(terminal, 'agree');
  assert.equal(await terminal.exit, 0);
  assert.deepEqual(policyOf(at, 'memory').tools.delete_entities, {
    require_approval: [{ conditions: [], on_deny: 'Requires human approval.' }],
  });
});

const STEPS: readonly (readonly [
  name: string,
  before: readonly (readonly [Parameters<typeof answer>[1], string])[],
])[] = [
  ['the choice of servers', []],
  ['the choice of a preset', [['servers', KEYS.enter]]],
  [
    'the review',
    [
      ['servers', KEYS.enter],
      ['mode', DOWN + DOWN + DOWN + KEYS.enter],
    ],
  ],
  [
    'the last question',
    [
      ['servers', KEYS.enter],
      ['mode', KEYS.enter],
    ],
  ],
];
const QUESTION_AT = ['servers', 'mode', 'review', 'agree'] as const;
for (const [at, [name, before]] of STEPS.entries())
  test(`Ctrl-C and Ctrl-D at ${name} leave everything as it was`, async (t) => {
    for (const key of [KEYS.ctrlC, KEYS.ctrlD]) {
      const place = machine(t);
      const state = place.everything();
      const terminal = place.atTerminal();
      for (const [question, keys] of before) await answer(terminal, question, keys);
      await answer(terminal, QUESTION_AT[at] as 'servers', key);
      assert.equal(await terminal.exit, 130);
      assert.deepEqual(place.everything(), state);
      assert.doesNotMatch(terminal.screen(), /bug|error:/);
    }
  });

test('Ctrl-C while servers are listed ends them, and leaves everything as it was', async (t) => {
  const place = machine(t, {});
  place.write('.cursor/mcp.json', { mcpServers: { silent: toolsServer(place, [], '--silent', 'initialize') } });
  const state = place.everything();
  const terminal = place.atTerminal();
  await answer(terminal, 'servers');
  await terminal.waitFor(/silent: connecting/);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
  assert.deepEqual(place.everything(), state);
});

test('a signal while somebody is asked ends as it does elsewhere, and gives the terminal back', async (t) => {
  const place = machine(t);
  const state = place.everything();
  const terminal = place.atTerminal();
  await terminal.waitFor(/esc back/);
  process.kill(terminal.pid, 'SIGTERM');
  assert.equal(await terminal.exit, 143);
  assert.deepEqual(place.everything(), state);
  assert.doesNotMatch(terminal.screen(), /bug|error:/);
});

test('saying no at the end writes nothing, and is a no', async (t) => {
  const place = machine(t);
  const state = place.everything();
  const terminal = place.atTerminal();
  await answer(terminal, 'servers');
  await answer(terminal, 'mode');
  await answer(terminal, 'agree', DOWN + KEYS.enter);
  assert.equal(await terminal.exit, 1);
  assert.deepEqual(place.everything(), state);
});

test('Escape goes back, question by question', async (t) => {
  const terminal = machine(t).atTerminal();
  await answer(terminal, 'servers');
  await answer(terminal, 'mode', DOWN + DOWN + DOWN + KEYS.enter);
  await answer(terminal, 'review', KEYS.escape);
  await answer(terminal, 'mode', KEYS.enter);
  await answer(terminal, 'agree', KEYS.escape);
  await answer(terminal, 'mode', KEYS.escape);
  await answer(terminal, 'servers', KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
});

test('a second run asks nothing new and leaves every byte', async (t) => {
  const at = machine(t);
  assert.equal((await at.run('--yes')).exitCode, 0);
  const state = at.everything();
  assert.match((await at.run('--yes')).stdout, /memory\.yaml +unchanged[\s\S]*policylayer\.yaml +unchanged/);
  assert.deepEqual(at.everything(), state);
  const terminal = at.atTerminal();
  assert.match(await answer(terminal, 'servers'), /in policylayer\.yaml/);
  await answer(terminal, 'decided');
  assert.match(await answer(terminal, 'agree'), /memory\.yaml +unchanged/);
  assert.equal(await terminal.exit, 0);
  assert.deepEqual(at.everything(), state);
});

test('a later run keeps what a person wrote, and asks about what is new or changed alone', async (t) => {
  const at = machine(t, {});
  const tool = (name: string, description: string) => ({ name, description, inputSchema: { type: 'object' } });
  const shop = toolsServer(at, [tool('list_orders', 'Lists orders.'), tool('get_order', 'Gets an order.')]);
  at.write('.cursor/mcp.json', { mcpServers: { shop } });
  assert.equal((await at.run('--yes')).exitCode, 0);
  const byHand = at
    .read('policies/shop.yaml')
    .replace(
      '  list_orders: {}',
      '  # Only with a reason.\n  list_orders:\n    require:\n      - conditions: []\n        on_deny: Say why.',
    );
  writeFileSync(join(at.folder, 'policies/shop.yaml'), byHand);
  toolsServer(at, [
    tool('list_orders', 'Lists orders.'),
    tool('get_order', 'Deletes an order for ever.'),
    tool('delete_order', 'Deletes an order for ever.'),
  ]);
  const terminal = at.atTerminal();
  await answer(terminal, 'servers');
  const told = await answer(terminal, 'mode', DOWN + DOWN + DOWN + KEYS.enter);
  assert.match(told, /new: delete_order\n +changed since they were decided about: get_order\n/);
  assert.match(told, /2 tools be treated that are new or changed/);
  const shown = await answer(terminal, 'review');
  assert.match(shown, /get_order +changed since you decided/);
  assert.doesNotMatch(shown, /list_orders/);
  const agreed = await answer(terminal, 'agree');
  assert.match(agreed, /shop\.yaml +changed .*\n +get_order: hide\n +delete_order: hide\n/);
  assert.equal(await terminal.exit, 0);
  assert.match(
    at.read('policies/shop.yaml'),
    / # Only with a reason\.\n {2}list_orders:\n {4}require:[\s\S]*Say why\./,
  );
  assert.deepEqual(policyOf(at, 'shop').hide, ['delete_order', 'get_order']);
  assert.equal(at.read('policies/shop.yaml.bak'), byHand);
});

test('a server whose command changed in the client it was taken from keeps its policy and what was decided', async (t) => {
  const at = machine(t);
  assert.equal((await at.run('--yes', '--preset', 'read-only')).exitCode, 0);
  const policy = at.read('policies/memory.yaml');
  at.write('.cursor/mcp.json', { mcpServers: { memory: { ...MEMORY, args: [...MEMORY.args, '--newer'] } } });
  assert.match((await at.run()).stdout, /would scan {2}memory .*in policylayer\.yaml, with another command/);
  const { exitCode, stdout, stderr } = await at.run('--yes');
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /policies\/memory\.yaml +unchanged/);
  const { servers } = parse(at.read('policylayer.yaml'));
  assert.deepEqual([Object.keys(servers), servers.memory.args.at(-1)], [['memory'], '--newer']);
  assert.equal(at.read('policies/memory.yaml'), policy);
});

test('what a person wrote into the project file by hand is not taken for another server of that name', async (t) => {
  const at = machine(t);
  at.write('work/policylayer.yaml', 'servers: { memory: { command: my-own-server } }\n');
  assert.equal((await at.run('--yes')).exitCode, 0);
  const { servers } = parse(at.read('policylayer.yaml'));
  assert.deepEqual([Object.keys(servers), servers.memory], [['memory', 'memory-2'], { command: 'my-own-server' }]);
});

test('without a terminal and without --yes the plan is printed, and nothing is started', async (t) => {
  const at = machine(t, { marks: { command: 'touch', args: ['started'] } });
  const state = at.everything();
  const { stdout, stderr, exitCode } = await at.run();
  assert.match(stdout, /^would scan {2}marks {2}\(Cursor\)\n {12}touch started\n {12}~\/\.cursor\/mcp\.json:\d+\n$/);
  assert.match(stderr, /hint: {2}Give --yes/);
  assert.equal(exitCode, 2);
  assert.deepEqual(at.everything(), state);
});

test('what the folder itself brings along is started only when it is named', async (t) => {
  const at = machine(t);
  const entry = { command: 'touch', args: [join(at.home, 'started')] };
  writeFileSync(join(at.folder, '.mcp.json'), JSON.stringify({ mcpServers: { theirs: entry } }));
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /would skip {2}theirs .*from this folder/);
  assert.equal(stderr.match(/work\/\.mcp\.json:1/g)?.length, 1, 'several clients read the one file');
  assert.deepEqual([exitCode, isThere(join(at.home, 'started'))], [0, false]);
  assert.equal((await at.run('--yes', '--servers', 'theirs')).exitCode, 2);
  assert.ok(isThere(join(at.home, 'started')));
});

test('what you keep in your own file for one folder is yours', async (t) => {
  const at = machine(t, {});
  at.write('.claude.json', { projects: { [at.folder]: { mcpServers: { mine: MEMORY } } } });
  const { stdout, exitCode } = await at.run('--yes');
  assert.match(stdout, /policies\/mine\.yaml +written/);
  assert.equal(exitCode, 0);
});

test('at a terminal what the folder brings along is not preselected', async (t) => {
  const at = machine(t);
  writeFileSync(
    join(at.folder, '.mcp.json'),
    JSON.stringify({ mcpServers: { theirs: { command: 'touch', args: ['x'] } } }),
  );
  const terminal = at.atTerminal();
  const shown = await answer(terminal, 'servers', KEYS.ctrlC);
  assert.match(shown, /◉ memory/);
  assert.match(shown, /◯ theirs/);
  assert.equal(await terminal.exit, 130);
});

test('a configuration that is broken is named, and the others are read', async (t) => {
  const at = machine(t);
  at.write('.claude.json', '{ "mcpServers": { ');
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /Could not read ~\/\.claude\.json/);
  assert.deepEqual([exitCode, isThere(join(at.folder, 'policies/memory.yaml'))], [0, true]);
});

test('what is dangerous in the settings is named with its server, the worst first', async (t) => {
  const at = machine(t);
  at.write('.gemini/settings.json', {
    mcpServers: { shop: { ...MEMORY, trust: true, env: { API_KEY: 's3cr3t-t0ken' } } },
  });
  at.write('.claude/settings.json', { enableAllProjectMcpServers: true });
  const { stderr } = await at.run();
  assert.match(
    stderr,
    /error: The setting "enableAll.*[\s\S]*warning: memory: The env[\s\S]*warning: memory: The setting "trust"/,
  );
  assert.match(stderr, /\n {4}~\/\.gemini\/settings\.json:\d+\n/);
});

test('a server that fails is told with its cause, and the others are written', async (t) => {
  const at = machine(t, { memory: MEMORY, dying: { command: process.execPath, args: ['-e', 'process.exit(3)'] } });
  const { stdout, stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /error: The server "dying" ended[\s\S]*cause: It exited with code 3/);
  assert.match(stdout, /memory\.yaml +written/);
  assert.doesNotMatch(at.read('policylayer.yaml'), /dying/);
  assert.equal(exitCode, 2);
});

test('where no server can be listed nothing is written', async (t) => {
  const at = machine(t, { dying: { command: process.execPath, args: ['-e', ''] } });
  const state = at.everything();
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /None of the servers could be listed, so nothing was written/);
  assert.equal(exitCode, 2);
  assert.deepEqual(at.everything(), state);
});

test('secrets of a configuration are neither shown nor written', async (t) => {
  const secret = 'sk-live-0123456789abcdef0123456789';
  const at = machine(t, { memory: { ...MEMORY, env: { API_KEY: secret } } });
  const { stdout, stderr } = await at.run('--yes');
  assert.match(at.read('policylayer.yaml'), /API_KEY: \$\{env:API_KEY\}/);
  const { home: _, ...rest } = at;
  for (const text of [stdout, stderr, at.read('policylayer.yaml'), at.read('policies/memory.yaml'), String(rest)])
    assert.doesNotMatch(text, new RegExp(secret));
});

test('presets and formats can be named', async (t) => {
  const at = machine(t);
  assert.equal((await at.run('--yes', '--preset', 'read-only', '--format', 'json')).exitCode, 0);
  const policy = JSON.parse(at.read('policies/memory.json')) as Policy;
  assert.deepEqual(Object.keys(policy.tools), ['open_nodes', 'read_graph', 'search_nodes']);
});

test('a preset that finds everything decided says that it changes nothing', async (t) => {
  const at = machine(t);
  assert.doesNotMatch((await at.run('--yes', '--preset', 'recommended')).stderr, /decided about before/);
  const { stderr, stdout } = await at.run('--yes', '--preset', 'read-only');
  assert.match(
    stderr,
    /The preset "read-only" is for tools that are new or changed\. 9 that were decided about before stay/,
  );
  assert.match(stdout, /policies\/memory\.yaml +unchanged/);
});

test('what nobody has reviewed stays open until somebody decides', async (t) => {
  const at = machine(t);
  await at.run('--yes', '--preset', 'deny-unreviewed');
  assert.deepEqual(policyOf(at, 'memory').tools, {});
  await at.run('--yes');
  assert.deepEqual(policyOf(at, 'memory').tools.read_graph, {});
});

test('servers and clients that are not there are refused by name', async (t) => {
  const at = machine(t);
  const { stderr, exitCode } = await at.run('--yes', '--servers', 'memry');
  assert.match(stderr, /There is no "memry"\.\nhint: {2}Give --servers with what is there: "memory"\./);
  assert.equal(exitCode, 2);
  assert.match((await at.run('--yes', '--clients', 'nobody')).stderr, /There is no "nobody"/);
});

test('a policy that changes while somebody decides is not overwritten', async (t) => {
  const at = machine(t);
  const terminal = at.atTerminal();
  await answer(terminal, 'servers');
  await answer(terminal, 'mode');
  mkdirSync(join(at.folder, 'policies'));
  writeFileSync(join(at.folder, 'policies/memory.yaml'), 'of somebody else');
  await answer(terminal, 'agree');
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /was changed while you decided, so nothing was written/);
  assert.equal(at.read('policies/memory.yaml'), 'of somebody else');
  assert.equal(isThere(join(at.folder, 'policylayer.yaml')), false);
});

test('a policy that is not valid is refused before anything is started', async (t) => {
  const at = machine(t, { marks: { command: 'touch', args: ['started'] } });
  mkdirSync(join(at.folder, 'policies'));
  writeFileSync(join(at.folder, 'policies/marks.yaml'), 'version: "1"\ndefault: deni\ntools: {}\n');
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /The policy "policies\/marks\.yaml" is not valid[\s\S]*line 2/);
  assert.deepEqual([exitCode, isThere(join(at.folder, 'started'))], [2, false]);
});

test('a policy that is a pipe is refused, and not waited for', { skip: process.platform === 'win32' }, async (t) => {
  const at = machine(t);
  mkdirSync(join(at.folder, 'policies'));
  execFileSync('mkfifo', [join(at.folder, 'policies/memory.yaml')]);
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /"policies\/memory\.yaml"[\s\S]*no file/);
  assert.equal(exitCode, 2);
});

test('a project file cannot lead us out of its directory', async (t) => {
  const at = machine(t);
  writeFileSync(
    join(at.folder, 'policylayer.yaml'),
    `servers:\n  memory: ${JSON.stringify({ ...MEMORY, policy: '../../elsewhere.yaml' })}\n`,
  );
  const { stderr, exitCode } = await at.run('--yes');
  assert.match(stderr, /"\.\.\/\.\.\/elsewhere\.yaml" is outside of the project/);
  assert.equal(exitCode, 2);
});

const LINKS_OUT: readonly (readonly [what: string, link: string, target: string])[] = [
  ['the folder of policies', 'policies', '../outside'],
  ['a policy', 'policies/memory.yaml', '../../outside/memory.yaml'],
  ['a policy that is not there yet', 'policies/memory.yaml', '../../outside/none.yaml'],
  ['the project file', 'policylayer.yaml', '../outside/policylayer.yaml'],
];

for (const [what, link, target] of LINKS_OUT)
  test(`a link cannot lead us out of the project: ${what}`, async (t) => {
    const at = machine(t, { marks: { command: 'touch', args: ['started'] }, memory: MEMORY });
    at.write('outside/policylayer.yaml', 'servers: {}\n');
    at.write('outside/memory.yaml', 'version: "1"\ndefault: deny\ntools: {}\n');
    if (link.startsWith('policies/')) mkdirSync(join(at.folder, 'policies'));
    symlinkSync(target, join(at.folder, link));
    const before = at.everything();
    const { stderr, exitCode } = await at.run('--yes');
    assert.match(stderr, /error: .*, so nothing was started or written\.\ncause: .*link.*\/outside.*\nhint: {2}/i);
    assert.equal(exitCode, 2);
    assert.deepEqual(at.everything(), before);
  });

test('links that stay within the project are followed', async (t) => {
  const at = machine(t);
  mkdirSync(join(at.folder, 'rules'));
  symlinkSync('rules', join(at.folder, 'policies'));
  assert.equal((await at.run('--yes')).exitCode, 0);
  assert.deepEqual(readdirSync(join(at.folder, 'rules')), ['memory.yaml']);
});

test('every command that is named at the end works', async (t) => {
  const at = machine(t);
  const { stderr } = await at.run('--yes');
  const steps = stderr.slice(stderr.indexOf('\nNext\n')).match(/policylayer .*/g) ?? [];
  assert.ok(steps.length >= 2);
  for (const step of steps) {
    const { exitCode, stderr } = await runShell(`${step}${step.endsWith('init') ? ' --yes' : ''}`, {
      cwd: at.folder,
      env: { HOME: at.home, XDG_CONFIG_HOME: join(at.home, '.config') },
    });
    assert.equal(exitCode, 0, `${step}: ${stderr}`);
  }
});
