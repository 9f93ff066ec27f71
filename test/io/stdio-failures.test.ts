import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { failureOf, nodeServer, someTools, temporaryFile, toolServer } from '../support/list-tools.ts';

const program = (command: string, ...args: string[]) =>
  ({ kind: 'stdio', name: 'fixture', command, args, env: {} }) as const;

describe('failures over stdio', { concurrency: 4 }, () => {
  test('a launcher that is not installed is named, with where it comes from', async () => {
    const error = await failureOf({ ...program('/nowhere/npx', '-y', 'x') });
    assert.equal(error.code, 'PROGRAM_NOT_FOUND');
    assert.match(error.because, /"\/nowhere\/npx"/);
    assert.match(error.hint, /Node\.js/);
  });

  test('a file that is no program says why it could not be started', async () => {
    const error = await failureOf(program(temporaryFile('text')));
    assert.equal(error.code, 'PROGRAM_NOT_STARTED');
    assert.equal(error.because, 'Permission denied (EACCES).');
  });

  test('a variable where the program should be gets a hint how to give it', async () => {
    const error = await failureOf(program('API_KEY=swordfish', 'node'));
    assert.equal(error.because, 'The program "API_KEY=***" was not found.');
    assert.match(error.hint, /--env NAME=VALUE/);
  });

  test('an argument that no program can be given is an error, not a bug', async () => {
    assert.equal((await failureOf(program(process.execPath, 'a\0b'))).code, 'PROGRAM_NOT_STARTED');
  });

  test('a missing working directory is not taken for a missing program', async () => {
    const error = await failureOf({ ...program(process.execPath), cwd: '/nowhere' });
    assert.equal(error.code, 'DIRECTORY_NOT_FOUND');
  });

  test('a server that wants a variable gets a hint that names it', async () => {
    const error = await failureOf(toolServer([], '--crash', 'Error: WEATHER_API_KEY is required'));
    assert.equal(error.code, 'VARIABLE_MISSING');
    assert.match(error.hint, /--env WEATHER_API_KEY=/);
    process.env.SSL_CERT_FILE ??= '/nowhere';
    const other = await failureOf(toolServer([], '--crash', 'SSL_CERT_FILE is not set, WEATHER_API_KEY is not set'));
    assert.match(other.hint, /asks for: --env WEATHER_API_KEY=\.\.\. \(/);
    assert.match(error.because, /code 1.*WEATHER_API_KEY is required\./);
    assert.deepEqual(error.serverOutput, ['Error: WEATHER_API_KEY is required']);
  });

  test('a server that prints its usage and ends is told apart', async () => {
    const error = await failureOf(toolServer([], '--crash', 'Usage: server <command>'));
    assert.equal(error.code, 'USAGE_PRINTED');
  });

  test('what a server prints to stdout before it ends is shown where stderr is empty', async () => {
    const error = await failureOf(program(process.execPath, '-e', 'console.log("Usage: it [options]")'));
    assert.equal(error.code, 'USAGE_PRINTED');
    assert.deepEqual(error.serverOutput, ['Usage: it [options]']);
  });

  test('a server that cannot load its own code is told apart', async () => {
    const error = await failureOf(nodeServer('/nowhere/server.js'));
    assert.equal(error.code, 'PROGRAM_BROKEN');
    assert.match(error.because, /Cannot find module/);
  });

  test('a package that a launcher cannot find is told apart', async () => {
    const launcher = join(mkdtempSync(join(tmpdir(), 'policylayer-npx-')), 'npx');
    const script = '#!/bin/sh\necho "npm error code E404\nnpm error 404 Not Found - GET it" >&2\nexit 1\n';
    writeFileSync(launcher, script, { mode: 0o755 });
    const error = await failureOf(program(launcher, '-y', '@nobody/nothing'));
    assert.equal(error.code, 'PACKAGE_NOT_FOUND');
    assert.equal(error.because, 'It exited with code 1, saying: npm error 404 Not Found - GET it.');
  });

  test('a server that just ends says with which code', async () => {
    const error = await failureOf(program(process.execPath, '-e', 'process.exit(7)'));
    assert.equal(error.code, 'SERVER_EXITED');
    assert.equal(error.because, 'It exited with code 7.');
  });

  test('a server that dies while it lists is not mistaken for one that never started', async () => {
    const error = await failureOf(toolServer(someTools(1), '--die-listing'));
    assert.equal(error.code, 'SERVER_DIED_LISTING');
    assert.equal(error.because, 'It exited with code 3.');
  });

  test('a server that never answers is given up at the time limit', async () => {
    const start = performance.now();
    const error = await failureOf(toolServer([], '--silent', 'initialize'), { timeoutMs: 400 });
    assert.equal(error.code, 'SERVER_TIMED_OUT');
    assert.match(error.message, /0\.4 seconds/);
    assert.match(error.because, /connecting/);
    assert.match(error.hint, /--timeout/);
    assert.ok(performance.now() - start < 3000);
  });

  test('a program that writes other things to stdout until the time is up is not told to get more time', async () => {
    const script = 'console.log("Listening on http://localhost:3000/mcp"); setInterval(() => {}, 1000)';
    const error = await failureOf(program(process.execPath, '-e', script), { timeoutMs: 1500 });
    assert.equal(error.code, 'OTHER_THINGS_SPOKEN');
    assert.match(error.hint, /stdio/);
    assert.deepEqual(error.serverOutput, ['Listening on http://localhost:3000/mcp']);
  });

  test('the time limit holds for all pages together', async () => {
    const error = await failureOf(toolServer(someTools(50), '--page-size', '1', '--slow', '200'), { timeoutMs: 2500 });
    assert.equal(error.code, 'SERVER_TIMED_OUT');
    assert.match(error.because, /listing tools/);
  });

  test('an error instead of the tools is handed on without secrets', async () => {
    const spec = { ...toolServer([], '--refuse', 'tools/list'), env: { SECRET: 'swordfish' } };
    const error = await failureOf(spec);
    assert.equal(error.code, 'TOOLS_NOT_LISTED');
    assert.equal(error.because, 'It answered "tools/list" with error -32603: no tools/list with ***.');
  });

  test('an error instead of a handshake is told apart', async () => {
    const error = await failureOf(toolServer([], '--refuse', 'initialize'));
    assert.equal(error.code, 'HANDSHAKE_REFUSED');
  });

  test('a server that claims to speak only the stateless revision, and does not, is explained', async () => {
    const error = await failureOf(toolServer([], '--stateless', '--refuse', 'server/discover'));
    assert.equal(error.code, 'HANDSHAKE_REFUSED');
    assert.match(error.because, /"server\/discover"/);
  });

  test('a server that never ends its line is cut off', async () => {
    const error = await failureOf(toolServer([], '--flood'), { timeoutMs: 20_000 });
    assert.equal(error.code, 'SERVER_FLOODED');
  });

  test('what was given as a secret is not in the last lines of a server that echoes it', async () => {
    const script = `console.error('token=swordfish key=cutlass1 url=dagger%2F1 other=plain'); process.exitCode = 1`;
    const spec = program(process.execPath, '-e', script, '--', '--api-key', 'cutlass1');
    const { serverOutput } = await failureOf({ ...spec, env: { TOKEN: 'swordfish', PLACE: 'dagger/1', SHORT: 'pla' } });
    assert.deepEqual(serverOutput, ['token=*** key=*** url=*** other=plain']);
  });

  test('only the last lines are kept, each cut to a bounded length', async () => {
    const script = 'for (let i = 0; i < 500; i++) console.error(i + "x".repeat(9999)); process.exitCode = 1';
    const { serverOutput } = await failureOf(program(process.execPath, '-e', script));
    assert.equal(serverOutput.length, 20);
    assert.ok(serverOutput.every((line) => line.length <= 500));
    assert.match(serverOutput.at(-1) ?? '', /^499x/);
  });
});
