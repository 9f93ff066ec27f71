import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { placeholder } from '../../src/core/project/placeholder.ts';
import { KEYS, runAtTerminal } from '../support/pty.ts';
import { run, temporaryFolder } from '../support/run-cli.ts';

const TOOL_SERVER = fileURLToPath(new URL('../support/tool-server.js', import.meta.url));

/** A folder to work in and a home, with the files that are given. */
function machine(t: TestContext, files: Readonly<Record<string, unknown>>) {
  const top = temporaryFolder(t);
  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(top, path)), { recursive: true });
    writeFileSync(join(top, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  write('tools.json', [{ name: 'list_orders' }]);
  mkdirSync(join(top, 'home'));
  for (const [path, content] of Object.entries(files)) write(join('home', path), content);
  const work = join(top, 'home', 'work');
  mkdirSync(work, { recursive: true });
  const server = (...switches: string[]) => ({
    command: process.execPath,
    args: [TOOL_SERVER, join(top, 'tools.json'), ...switches],
  });
  const env = { HOME: join(top, 'home'), USERPROFILE: join(top, 'home') };
  return { top, work, write, server, options: { cwd: work, env } };
}

const mcpServers = (servers: Readonly<Record<string, object>>) => ({ mcpServers: servers });

test('a server is reached as its client reaches it, with values that are never shown', async (t) => {
  const { top, server, write, options } = machine(t, {});
  const held = { ...server('--dump-env', join(top, 'env'), '--api-key=k3y-s3cret'), env: { KEY: 'v4lue', MODE: 'x' } };
  write('home/.cursor/mcp.json', mcpServers({ shop: held }));
  const { stdout, stderr, exitCode } = await run(['scan', 'shop', '--json'], options);
  assert.equal(exitCode, 2, 'the server knows no --api-key');
  assert.doesNotMatch(stdout + stderr, /k3y|v4lue/);
  write('home/.cursor/mcp.json', mcpServers({ shop: { ...server('--dump-env', join(top, 'env')), env: held.env } }));
  assert.equal((await run(['scan', 'shop', '--env', 'MODE=mine'], options)).exitCode, 0);
  const environment = JSON.parse(readFileSync(join(top, 'env'), 'utf8'));
  assert.deepEqual([environment.KEY, environment.MODE], ['v4lue', 'mine']);
});

test('a file of that spelling comes before the project file, and the project file before the clients', async (t) => {
  const { work, server, write, options } = machine(t, {});
  write('home/.cursor/mcp.json', mcpServers({ shop: server('--crash', 'client'), other: server() }));
  const target = async (name: string) =>
    JSON.parse((await run(['scan', name, '--json'], options)).stdout).servers[0]?.transport;
  assert.equal(await target('shop'), undefined);
  write('home/work/policylayer.yaml', { version: '1', servers: { shop: server() } });
  assert.equal(await target('shop'), 'stdio');
  assert.equal(await target('other'), 'stdio');
  writeFileSync(join(work, 'shop'), '{"tools": [{"name": "list_orders"}]}');
  assert.equal(await target('shop'), 'file');
});

test('a server of the project file is started where that file is, wherever somebody works', async (t) => {
  const { top, work, write, options } = machine(t, {});
  write('home/work/.git', '');
  write(
    'home/work/server.mjs',
    `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(join(top, 'started'))}, process.cwd());`,
  );
  write('home/work/policylayer.yaml', { servers: { shop: { command: process.execPath, args: ['server.mjs'] } } });
  mkdirSync(join(work, 'deep', 'down'), { recursive: true });
  await run(['scan'], { ...options, cwd: join(work, 'deep', 'down') });
  assert.equal(readFileSync(join(top, 'started'), 'utf8'), work);
});

test('what came with a project is not started while nobody can be asked, also not through the environment of a server of ours', async (t) => {
  const { top, server, write, options } = machine(t, {});
  const started = join(top, 'started');
  write('home/.cursor/mcp.json', mcpServers({ shop: server('--dump-env', join(top, 'env')) }));
  write(
    'home/work/.cursor/mcp.json',
    mcpServers({
      same: { ...server('--dump-env', join(top, 'env')), env: { EVIL: '1' } },
      evil: server('--dump-env', started),
    }),
  );
  const { stdout, exitCode } = await run(['scan', '--all'], options);
  assert.equal(exitCode, 2);
  assert.match(stdout, /2 servers looked at: 1 scanned, 0 failed, 1 left out \(evil: /);
  assert.equal(existsSync(started), false);
  assert.equal(JSON.parse(readFileSync(join(top, 'env'), 'utf8')).EVIL, undefined);
  assert.equal((await run(['scan', '--all', '--yes'], options)).exitCode, 0);
  assert.equal(existsSync(started), true);
});

test('at a terminal the commands are shown and asked about before anything starts', async (t) => {
  const { top, server, write, options } = machine(t, {});
  const started = join(top, 'started');
  write('home/work/.cursor/mcp.json', mcpServers({ shop: server('--dump-env', started) }));
  for (const [keys, exitCode] of [
    [KEYS.enter, 2],
    [`n${KEYS.enter}`, 2],
    [KEYS.ctrlC, 130],
    [KEYS.ctrlD, 2],
  ] as const) {
    const terminal = runAtTerminal(['scan', '--all'], options);
    assert.match(await terminal.waitFor(/\(y\/N\)/), /To start: .*tools\.json[\s\S]*from \.cursor\/mcp\.json/);
    terminal.type(keys);
    assert.equal(await terminal.exit, exitCode);
    assert.equal(existsSync(started), false);
  }
  const terminal = runAtTerminal(['scan', '--all'], options);
  await terminal.waitFor(/\(y\/N\)/);
  terminal.type(`y${KEYS.enter}`);
  assert.equal(await terminal.exit, 0);
  assert.equal(existsSync(started), true);
});

test('where there is no project file, a person at a terminal is offered to make one', async (t) => {
  const { server, write, options } = machine(t, {});
  write('home/.cursor/mcp.json', mcpServers({ shop: server() }));
  const declining = runAtTerminal(['scan'], options);
  await declining.waitFor(/There is no policylayer\.yaml here\..*\(y\/N\)/);
  declining.type(`n${KEYS.enter}`);
  await declining.waitFor(/No server was named/);
  assert.equal(await declining.exit, 2);
  const agreeing = runAtTerminal(['scan'], options);
  await agreeing.waitFor(/\(y\/N\)/);
  agreeing.type(`y${KEYS.enter}`);
  await agreeing.waitFor(/shop/);
  agreeing.type(KEYS.ctrlC);
  assert.equal(await agreeing.exit, 130);
});

test('a value that is nowhere is named, and the other servers are scanned', async (t) => {
  const { server, write, options } = machine(t, {});
  write('home/work/policylayer.yaml', {
    servers: { open: { ...server(), env: { KEY: placeholder('SOME_KEY') } }, shop: server() },
  });
  const { stdout, stderr, exitCode } = await run(['scan'], options);
  assert.equal(exitCode, 2);
  assert.match(stderr, /error: The server "open" was not reached\.\ncause: A value is missing: SOME_KEY\./);
  assert.match(stdout, /2 servers looked at: 1 scanned, 1 failed/);
  assert.equal((await run(['scan'], { ...options, env: { ...options.env, SOME_KEY: 'x' } })).exitCode, 0);
});

test('names of servers may be anything a file can hold, and are shown without harm', async (t) => {
  const { server, write, options } = machine(t, {});
  const name = '\u202Eevil constructor';
  write('home/.cursor/mcp.json', mcpServers({ [name]: server(), constructor: server('--page-size', '1') }));
  const { stdout, exitCode } = await run(['scan', 'constructor', name], options);
  assert.equal(exitCode, 0);
  assert.doesNotMatch(stdout.split('\nNext\n')[0] ?? '', /\u202E/);
  assert.equal((await run(['scan', 'toString'], options)).exitCode, 2);
});

test('the policy of a server known by name is written by init, where its client or project finds it', async (t) => {
  const { server, write, options } = machine(t, {});
  write('home/.cursor/mcp.json', mcpServers({ shop: server() }));
  const { stdout } = await run(['scan', 'shop'], options);
  assert.match(stdout, /policies +policylayer init\n/);
  assert.doesNotMatch(stdout, / -o /);
});
