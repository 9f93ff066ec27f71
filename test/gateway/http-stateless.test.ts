/** The revision without sessions over HTTP: every request says for itself what it is. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { startHttpServer } from '../support/http-server.ts';
import { ask, JSON_HEADERS, type ListenerRun, post, startListener } from '../support/listener-run.ts';
import { type Instead, type RecordingHttp, startRecordingHttp } from '../support/recording-http.ts';
import { statelessHandler } from '../support/stateless-server.ts';

const REVISION = '2026-07-28';
const VERSION = { 'mcp-protocol-version': REVISION };
const META = {
  'io.modelcontextprotocol/protocolVersion': REVISION,
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

const POLICY = { version: '1', default: 'deny', hide: ['delete_item'], tools: { get_item: {}, find: {} } };

const request = (method: string, params: object = {}, id: unknown = 1) => ({
  jsonrpc: '2.0',
  id,
  method,
  params: { ...params, _meta: META },
});
const call = (name: string, args: object = {}) => request('tools/call', { name, arguments: args });
const headersOf = (method: string, name?: string) => ({
  ...VERSION,
  'mcp-method': method,
  ...(name !== undefined && { 'mcp-name': name }),
});

const TOOLS = [
  {
    name: 'find',
    inputSchema: {
      type: 'object',
      properties: {
        region: { type: 'string', 'x-mcp-header': 'Region' },
        page: { type: 'object', properties: { size: { type: 'integer', 'x-mcp-header': 'Page-Size' } } },
      },
    },
  },
  { name: 'get_item', inputSchema: { type: 'object' } },
  {
    name: 'delete_item',
    inputSchema: { type: 'object', properties: { region: { type: 'string', 'x-mcp-header': 'Region' } } },
  },
];

const stateless: Instead = ({ body }, response) => {
  const { id, method } = JSON.parse(body);
  const list = method === 'tools/list' ? { tools: TOOLS, ttlMs: 1000, cacheScope: 'public' } : { content: [] };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { resultType: 'complete', ...list } }));
  return true;
};

async function behind(t: TestContext): Promise<{ gateway: ListenerRun; server: RecordingHttp }> {
  const server = await startRecordingHttp(stateless);
  return { server, gateway: await startListener(t, { servers: { items: { url: server.url } }, policy: POLICY }) };
}

const MISMATCHES: readonly (readonly [what: string, body: unknown, headers: object])[] = [
  ['no version', call('get_item'), { 'mcp-method': 'tools/call', 'mcp-name': 'get_item' }],
  [
    'another version',
    call('get_item'),
    { ...headersOf('tools/call', 'get_item'), 'mcp-protocol-version': '2025-11-25' },
  ],
  ['no method', call('get_item'), { ...VERSION, 'mcp-name': 'get_item' }],
  ['another method', call('get_item'), headersOf('tools/list', 'get_item')],
  ['a method in another case', call('get_item'), headersOf('Tools/call', 'get_item')],
  ['no name', call('get_item'), headersOf('tools/call')],
  ['another name', call('get_item'), headersOf('tools/call', 'find')],
  ['an encoded name that is another', call('get_item'), headersOf('tools/call', '=?base64?ZmluZA==?=')],
  ['an encoded name that is broken', call('get_item'), headersOf('tools/call', '=?base64?Z?=')],
];

test('a request whose headers do not say what its body says is refused before anything is decided', async (t) => {
  const { gateway, server } = await behind(t);
  for (const [what, body, headers] of MISMATCHES) {
    const { status, text } = await post(gateway.url(), body, headers);
    assert.equal(status, 400, `${what}: ${text}`);
    assert.deepEqual([JSON.parse(text).error.code, JSON.parse(text).id], [-32020, 1], what);
  }
  const twice = { ...JSON_HEADERS, ...VERSION, 'mcp-method': 'tools/call', 'mcp-name': ['get_item', 'delete_item'] };
  assert.equal((await ask(gateway.url(), { headers: twice, body: JSON.stringify(call('get_item')) })).status, 400);
  assert.equal((await post(gateway.url(), [call('get_item')], VERSION)).status, 400);
  assert.equal(server.requests.length, 0);
  const encoded = await post(gateway.url(), call('get_item'), headersOf('tools/call', '=?base64?Z2V0X2l0ZW0=?='));
  assert.equal(encoded.status, 200, encoded.text);
  assert.equal(server.requests[0]?.headers['mcp-method'], 'tools/call');
});

test('arguments that a tool wants repeated in headers have to be said there, as they are in the body', async (t) => {
  const { gateway, server } = await behind(t);
  const list = await post(gateway.url(), request('tools/list'), headersOf('tools/list'));
  assert.doesNotMatch(list.text, /delete_item/);
  assert.match(list.text, /"cacheScope":"private"/);
  const count = server.requests.length;
  const find = (args: object, headers: object) =>
    post(gateway.url(), call('find', args), { ...headersOf('tools/call', 'find'), ...headers });
  for (const [args, headers] of [
    [{ region: 'eu' }, {}],
    [{ region: 'eu' }, { 'mcp-param-region': 'us' }],
    [{ region: 'eu' }, { 'mcp-param-region': 'EU' }],
    [{}, { 'mcp-param-region': 'eu' }],
    [{ page: { size: 5 } }, { 'mcp-param-page-size': '6' }],
  ]) {
    const { status, text } = await find(args ?? {}, headers ?? {});
    assert.deepEqual([status, JSON.parse(text).error.code], [400, -32020], JSON.stringify([args, headers]));
  }
  assert.equal(server.requests.length, count);
  const fits = await find(
    { region: 'é', page: { size: 5 } },
    { 'mcp-param-region': '=?base64?w6k=?=', 'mcp-param-page-size': '5' },
  );
  assert.equal(fits.status, 200, fits.text);
  assert.equal(server.requests.at(-1)?.headers['mcp-param-region'], '=?base64?w6k=?=');
});

test('headers that a hidden tool wants repeated do not tell that there is one', async (t) => {
  const { gateway, server } = await behind(t);
  await post(gateway.url(), request('tools/list'), headersOf('tools/list'));
  const answers: string[] = [];
  for (const name of ['delete_item', 'destroy_all']) {
    const { status, text } = await post(gateway.url(), call(name, { region: 'eu' }), headersOf('tools/call', name));
    answers.push(`${status} ${text.replaceAll(name, 'NAME')}`);
  }
  assert.match(answers[0] ?? '', /there is no tool/);
  assert.equal(answers[0], answers[1]);
  assert.equal(server.requests.length, 1);
});

test('in this revision there is nothing to GET or to DELETE', async (t) => {
  const { gateway } = await behind(t);
  for (const method of ['GET', 'DELETE']) {
    const { status, headers } = await ask(gateway.url(), { method, headers: { accept: '*/*', ...VERSION } });
    assert.deepEqual([status, headers.allow], [405, 'POST']);
  }
});

test('clients that use the same ids at the same time get each their own answer', async (t) => {
  const server = await startRecordingHttp(({ body }, response) => {
    const { id, params } = JSON.parse(body);
    const text = JSON.stringify({
      jsonrpc: '2.0',
      id,
      result: { content: [{ type: 'text', text: params.arguments.n }] },
    });
    setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(text), 50);
    return true;
  });
  const gateway = await startListener(t, { servers: { items: { url: server.url } }, policy: POLICY });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      post(gateway.url(), call('get_item', { n: `mine-${n}-` }), headersOf('tools/call', 'get_item')),
    ),
  );
  for (const [n, { text }] of answers.entries()) assert.match(text, new RegExp(`mine-${n}-`));
});

interface Connected {
  readonly client: Client;
  readonly gateway: ListenerRun;
}

async function connected(t: TestContext, policy: unknown, capabilities: object = {}): Promise<Connected> {
  const url = await startHttpServer(toNodeHandler(statelessHandler()) as unknown as RequestListener);
  const gateway = await startListener(t, { servers: { items: { url: `${url}/mcp` } }, policy });
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities, versionNegotiation: { mode: { pin: REVISION } } },
  );
  t.after(() => client.close());
  await client.connect(new StreamableHTTPClientTransport(new URL(gateway.url())));
  return { client, gateway };
}

test('the client of the SDK discovers the server, lists what it may call, and calls it', async (t) => {
  const { client } = await connected(t, POLICY);
  assert.deepEqual(
    (await client.listTools()).tools.map(({ name }) => name),
    ['get_item'],
  );
  assert.notEqual((await client.callTool({ name: 'get_item', arguments: { id: '1' } })).isError, true);
  assert.equal((await client.callTool({ name: 'delete_item', arguments: { id: '1' } })).isError, true);
});

test('a client that listens is told when a saved policy shows other tools, and the policy holds for the next call', async (t) => {
  const { client, gateway } = await connected(t, POLICY);
  const names = async () => (await client.listTools()).tools.map(({ name }) => name);
  assert.deepEqual(await names(), ['get_item']);
  const told = new Promise<void>((resolve) => {
    client.setNotificationHandler('notifications/tools/list_changed', () => resolve());
  });
  await client.listen({ toolsListChanged: true });
  writeFileSync(
    gateway.policyFile(),
    JSON.stringify({ version: '1', default: 'deny', hide: ['get_item'], tools: { delete_item: {} } }),
  );
  await told;
  assert.equal((await client.callTool({ name: 'get_item', arguments: { id: '1' } })).isError, true);
  assert.notEqual((await client.callTool({ name: 'delete_item', arguments: { id: '1' } })).isError, true);
});

const ASKING = {
  version: '1',
  default: 'deny',
  tools: { get_item: { require_approval: [{ conditions: [], on_deny: 'Somebody has to look at this.' }] } },
};

test('a person is asked by the answer to the call, and the call comes again with what the person said', async (t) => {
  const { client } = await connected(t, ASKING, { elicitation: { form: {} } });
  let decision = 'once';
  let asked = 0;
  client.setRequestHandler('elicitation/create', () => {
    asked += 1;
    return { action: 'accept', content: { decision } };
  });
  const isLetThrough = async () =>
    (await client.callTool({ name: 'get_item', arguments: { id: '1' } })).isError !== true;
  assert.deepEqual([await isLetThrough(), asked], [true, 1]);
  decision = 'deny';
  assert.deepEqual([await isLetThrough(), asked], [false, 2]);
  decision = 'session';
  assert.deepEqual([await isLetThrough(), asked], [true, 3]);
  assert.deepEqual([await isLetThrough(), asked], [true, 3]);
});

test('where the client cannot ask, the call waits for somebody at another terminal; who hangs up is not waited for', async (t) => {
  const { client, gateway } = await connected(t, ASKING);
  const pending = async (): Promise<string[]> =>
    [...(await gateway.cli('approvals', '--json')).stdout.matchAll(/^ {4}"id": "([^"]+)"/gm)].map(([, id = '']) => id);
  const someone = async (count: number): Promise<string[]> => {
    for (;;) {
      const ids = await pending();
      if (ids.length === count) return ids;
    }
  };
  const waiting = client.callTool({ name: 'get_item', arguments: { id: '1' } });
  const [id = ''] = await someone(1);
  assert.equal((await gateway.cli('approvals', 'approve', id)).exitCode, 0);
  assert.notEqual((await waiting).isError, true);
  const hungUp = new AbortController();
  const gone = client
    .callTool({ name: 'get_item', arguments: { id: '2' } }, { signal: hungUp.signal })
    .catch(() => 'gone');
  await someone(1);
  hungUp.abort();
  assert.equal(await gone, 'gone');
  await someone(0);
});
