import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { codesOf, listTools, namesOf, someTools, temporaryFile, toolServer } from '../support/list-tools.ts';

describe('listing over stdio', { concurrency: 4 }, () => {
  test('pages are followed in order, and told about', async () => {
    const told: string[] = [];
    const spec = toolServer(someTools(7), '--page-size', '3');
    const listing = await listTools(spec, { onProgress: (doing) => told.push(doing) });
    assert.deepEqual(namesOf(listing), ['tool_0', 'tool_1', 'tool_2', 'tool_3', 'tool_4', 'tool_5', 'tool_6']);
    assert.deepEqual(told, [
      'starting',
      'connecting',
      'listing tools',
      'listing tools, page 2',
      'listing tools, page 3',
    ]);
    assert.deepEqual(listing.findings, []);
  });

  test('one malformed tool does not hide the others, and is handed on as it came', async () => {
    const tools = [
      { name: 'a' },
      { name: 'b', inputSchema: { properties: {} } },
      7,
      null,
      { name: 'c', annotations: 1 },
    ];
    assert.deepEqual((await listTools(toolServer(tools))).tools, tools);
  });

  test('nor does it where the server speaks only the stateless revision', async () => {
    const tools = [{ name: 'a' }, 7, { name: 'b', inputSchema: { type: 'string' } }];
    const listing = await listTools(toolServer(tools, '--stateless', '--page-size', '2'));
    assert.deepEqual(listing.tools, tools);
    assert.equal(listing.protocol, '2026-07-28');
    assert.equal(listing.server, null);
  });

  test('a tool named __proto__ arrives byte for byte', async () => {
    const listing = await listTools(toolServer([{ name: '__proto__' }, { name: 'constructor' }]));
    assert.deepEqual(namesOf(listing), ['__proto__', 'constructor']);
  });

  test('a server that does not tell its version is listed', async () => {
    const listing = await listTools(toolServer(someTools(1), '--no-version'));
    assert.deepEqual(listing.server, { name: 'tool-server', version: '' });
    assert.equal(listing.protocol, '2025-06-18');
  });

  test('a server without the method tools/list has no tools, and a finding says so', async () => {
    const listing = await listTools(toolServer([], '--refuse', 'tools/list', '--error-code=-32601'));
    assert.deepEqual(listing.tools, []);
    assert.deepEqual(codesOf(listing), ['no-tools-capability']);
  });

  test('lines on stdout that are no messages are passed over, counted and quoted without secrets', async () => {
    const spec = toolServer(someTools(2), '--noise', 'listening with hunter22');
    const listing = await listTools({ ...spec, env: { PASSWORD: 'hunter22' } });
    assert.equal(listing.tools.length, 2);
    assert.deepEqual(codesOf(listing), ['stdout-noise']);
    assert.match(listing.findings[0]?.message ?? '', /2 lines/);
    assert.deepEqual(listing.findings[0]?.quotes, ['listening with ***']);
  });

  test('a line of JSON that is no JSON-RPC is noise too', async () => {
    const listing = await listTools(toolServer(someTools(1), '--noise', '{"level":30,"msg":"up"}'));
    assert.deepEqual(codesOf(listing), ['stdout-noise']);
  });

  test('a description of 10 MB arrives whole', async () => {
    const listing = await listTools(toolServer(someTools(1), '--long-descriptions', '10000000'));
    assert.ok(JSON.stringify(listing.tools).length > 10_000_000);
  });

  test('pages without end are cut, and what was read is kept', async () => {
    const listing = await listTools(toolServer(someTools(2000), '--page-size', '2000', '--endless'));
    assert.deepEqual(codesOf(listing), ['pages-cut']);
    assert.equal(listing.tools.length, 100_000);
  });

  test('a cursor that comes back ends the listing', async () => {
    const listing = await listTools(toolServer(someTools(4), '--page-size', '2', '--same-cursor'));
    assert.deepEqual(codesOf(listing), ['pages-cut']);
    assert.match(listing.findings[0]?.message ?? '', /same cursor/);
  });

  test('one signal serves many servers without a warning', async () => {
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));
    const { signal } = new AbortController();
    const failing = Array.from({ length: 12 }, () => listTools({ ...toolServer([]), command: '/nowhere' }, { signal }));
    await Promise.allSettled(failing);
    assert.deepEqual(warnings, []);
  });

  test('a slow server is waited for within the time limit', async () => {
    assert.equal((await listTools(toolServer(someTools(1), '--slow', '200'))).tools.length, 1);
  });

  test('a server gets what was given for it and little else of our environment', async () => {
    process.env.POLICYLAYER_TEST_SECRET = 'of our shell';
    process.env.HTTPS_PROXY ??= 'http://127.0.0.1:9';
    const file = temporaryFile();
    await listTools({ ...toolServer([], '--dump-env', file), env: { API_KEY: 'of the server' } });
    const env = JSON.parse(readFileSync(file, 'utf8'));
    assert.equal(env.API_KEY, 'of the server');
    assert.equal(env.HTTPS_PROXY, process.env.HTTPS_PROXY);
    assert.equal(env.PATH, process.env.PATH);
    assert.ok(!('POLICYLAYER_TEST_SECRET' in env));
  });
});
