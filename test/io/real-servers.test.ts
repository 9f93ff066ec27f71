import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { startEverything, startHttpServer } from '../support/http-server.ts';
import { bin, pythonWith } from '../support/installed-server.ts';
import { httpSpec, listTools, namesOf, nodeServer } from '../support/list-tools.ts';
import { statelessHandler } from '../support/stateless-server.ts';

const EVERYTHING = '@modelcontextprotocol/server-everything';

const OVER_STDIO = [
  { name: EVERYTHING, args: [], tools: 13 },
  { name: '@modelcontextprotocol/server-filesystem', args: ['.'], tools: 14 },
  { name: '@modelcontextprotocol/server-memory', args: [], tools: 9 },
  { name: '@modelcontextprotocol/server-sequential-thinking', args: [], tools: 1 },
  { name: '@delorenj/mcp-server-trello', args: [], tools: 57 },
];

describe('real servers', { concurrency: 4 }, () => {
  for (const { name, args, tools } of OVER_STDIO) {
    test(`${name} over stdio is listed completely`, async () => {
      const env = { TRELLO_API_KEY: 'any-text', TRELLO_TOKEN: 'any-text' };
      const listing = await listTools({ ...nodeServer(bin(name), ...args), env });
      assert.equal(listing.tools.length, tools);
      assert.equal(listing.transport, 'stdio');
      assert.equal(listing.protocol, '2025-11-25');
      assert.notEqual(listing.server?.name, '');
      assert.deepEqual(listing.findings, []);
    });
  }

  test('the same server over Streamable HTTP offers the same tools', async () => {
    const listing = await listTools(httpSpec(`${await startEverything('streamableHttp')}/mcp`));
    assert.equal(listing.tools.length, 13);
    assert.equal(listing.transport, 'streamable-http');
    assert.equal(listing.protocol, '2025-11-25');
  });

  test('a server older than Streamable HTTP is listed over SSE', async () => {
    const listing = await listTools(httpSpec(`${await startEverything('sse')}/sse`));
    assert.equal(listing.tools.length, 13);
    assert.equal(listing.transport, 'sse');
    assert.equal(listing.protocol, '2025-11-25');
  });

  test('a server that speaks only the stateless revision is listed over stdio', async () => {
    const file = fileURLToPath(new URL('../support/stateless-server.js', import.meta.url));
    const listing = await listTools(nodeServer(file, 'stdio'));
    assert.deepEqual(namesOf(listing), ['get_item', 'delete_item']);
    assert.equal(listing.protocol, '2026-07-28');
    assert.deepEqual(listing.server, { name: 'stateless', version: '7' });
  });

  test('a server that speaks only the stateless revision is listed over HTTP', async () => {
    const url = await startHttpServer(toNodeHandler(statelessHandler()) as RequestListener);
    const listing = await listTools(httpSpec(`${url}/mcp`));
    assert.deepEqual(namesOf(listing), ['get_item', 'delete_item']);
    assert.equal(listing.protocol, '2026-07-28');
    assert.equal(listing.transport, 'streamable-http');
  });

  test('a server written in Python is listed', async (t) => {
    const command = pythonWith('mcp_server_time');
    if (command === null) return t.skip('no Python with mcp-server-time, as in .cache/python');
    const args = ['-m', 'mcp_server_time'];
    const listing = await listTools({ kind: 'stdio', name: 'time', command, args, env: {} });
    assert.deepEqual(namesOf(listing), ['get_current_time', 'convert_time']);
  });
});
