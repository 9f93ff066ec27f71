/** A client of the stateless revision over stdio in front of a server of that revision over HTTP. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { startGateway } from '../support/gateway-run.ts';
import { startHttpServer } from '../support/http-server.ts';
import { BIN, temporaryFolder } from '../support/run-cli.ts';
import { type Made, statelessTools } from '../support/stateless-tools.ts';

const REVISION = '2026-07-28';
const POLICY = { version: '1', default: 'deny', hide: ['delete_all'], tools: { echo: {}, in_region: {}, slow: {} } };

async function startServer() {
  const made: Made[] = [];
  const seen: { readonly http: string; readonly headers: IncomingMessage['headers'] }[] = [];
  const handle = toNodeHandler(statelessTools(made)) as (...parts: unknown[]) => unknown;
  const root = await startHttpServer((request: IncomingMessage, response: ServerResponse) => {
    seen.push({ http: request.method ?? '', headers: request.headers });
    void handle(request, response);
  });
  return { url: `${root}/mcp`, made, seen };
}

async function connect(t: TestContext, url: string): Promise<Client> {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(POLICY));
  const args = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off', url];
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'ignore' }));
  t.after(() => client.close());
  return client;
}

const textOf = (result: unknown): string => (result as { content: { text: string }[] }).content[0]?.text ?? '';

test('a client finds the revision of the server, and what it may not see is not there', async (t) => {
  const server = await startServer();
  const client = await connect(t, server.url);
  assert.equal(client.getNegotiatedProtocolVersion(), REVISION);
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).sort(), ['echo', 'in_region', 'slow']);
  assert.equal(textOf(await client.callTool({ name: 'echo', arguments: { text: 'hällo' } })), 'hällo');
  assert.match(textOf(await client.callTool({ name: 'delete_all', arguments: {} })), /Denied by policy/);
  const { contents } = await client.readResource({ uri: 'notes://one' });
  assert.equal((contents[0] as { text: string }).text, 'kept');
  assert.deepEqual(
    server.made.map(({ name }) => name),
    ['echo'],
  );
  // No session, no stream of one, and nothing to take leave of.
  await client.close();
  assert.deepEqual([...new Set(server.seen.map(({ http }) => http))], ['POST']);
});

test('the parameters that a tool wants in headers are there, whether or not the client has listed it', async (t) => {
  const server = await startServer();
  const client = await connect(t, server.url);
  const call = (region: string, count: number) => client.callTool({ name: 'in_region', arguments: { region, count } });
  assert.equal(textOf(await call('Zürich', 3)), '3 in Zürich');
  await client.listTools();
  assert.equal(textOf(await call('us-west1', 0)), '0 in us-west1');
  const headers = server.seen.flatMap((seen) => (seen.headers['mcp-method'] === 'tools/call' ? [seen.headers] : []));
  assert.deepEqual(
    headers.map((each) => [
      each['mcp-name'],
      each['mcp-param-region'],
      each['mcp-param-count'],
      each['mcp-protocol-version'],
    ]),
    [
      ['in_region', '=?base64?WsO8cmljaA==?=', '3', REVISION],
      ['in_region', 'us-west1', '0', REVISION],
    ],
  );
  assert.equal(server.made.length, 2);
});

test('a call that the client gives up is given up at the server, by the end of its stream', async (t) => {
  const server = await startServer();
  const client = await connect(t, server.url);
  const abort = new AbortController();
  const slow = client.callTool({ name: 'slow', arguments: {} }, { signal: abort.signal });
  while (server.made.length === 0) await client.listTools();
  abort.abort();
  await assert.rejects(slow);
  while (server.made[0]?.isCancelled === false) await client.listTools();
  assert.ok(!server.seen.some(({ headers }) => headers['mcp-method'] === 'notifications/cancelled'));
});

test('a client that knows no other revision is refused by the server in its own words', async (t) => {
  const server = await startServer();
  const gateway = startGateway(t, { target: [server.url] });
  const clientInfo = { name: 'test', version: '1' };
  const { error } = await gateway.ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  assert.equal(error?.code, -32022);
});
