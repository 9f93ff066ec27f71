/** Whatever a client sends to the listener: the calls that reach the server are calls the policy allows. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { GATEWAY_POLICY } from '../support/gateway-run.ts';
import { assertAllowed, callsIn, callsInLines, hostileText } from '../support/hostile-texts.ts';
import { startHttpServer } from '../support/http-server.ts';
import { type ListenerRun, post, startListener } from '../support/listener-run.ts';
import { answerTo } from '../support/recording-http.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const RECORDER = fileURLToPath(new URL('../support/recording-server.js', import.meta.url));
const REVISION = '2026-07-28';

/** Most are what they should be, so that requests get far. */
const mostly = (usual: string, ...others: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const path = mostly(
  '/mcp/recorder',
  '/mcp',
  '/mcp/',
  '/mcp/recorder/',
  '//mcp/recorder',
  '/mcp//recorder',
  '/mcp/other/../recorder',
  '/mcp/./recorder',
  '/mcp/other/%2e%2e/recorder',
  '/mcp/%72ecorder',
  '/mcp%2frecorder',
  '/mcp/recorder?server=other#x',
  '/mcp/recorder;x=1',
  '/MCP/recorder',
  '/mcp/constructor',
  '/mcp/__proto__',
  '/mcp/recorder%00',
  'http://127.0.0.1/mcp/recorder',
  'http://elsewhere.example/mcp/recorder',
  '*',
);
const method = mostly('POST', 'GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'post');
const contentType = mostly(
  'application/json',
  'application/json; charset=utf-16',
  'application/json;charset=iso-8859-1',
  'Application/JSON ; charset="utf-8"',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'application/json, text/plain',
  '',
);
const charset = mostly('utf8', 'bom', 'utf16le', 'latin1', 'utf7-like', 'overlong');
const framing = mostly(
  'length',
  'chunked',
  'half',
  'short length',
  'both',
  'both, hidden',
  'none',
  'two behind each other',
);
const NAMES = ['read', 'pay', 'delete_all', 'constructor', 'read, delete_all', '=?base64?ZGVsZXRlX2FsbA==?='];
const header = fc.oneof(
  fc.constantFrom('X-HTTP-Method-Override: PUT', 'X-Method-Override: tools/call', 'X-Original-URL: /mcp/other'),
  fc.constantFrom('Content-Encoding: identity', 'Content-Encoding: gzip', 'Expect: 100-continue', 'Upgrade: h2c'),
  fc.constantFrom('MCP-Protocol-Version: 2025-11-25', `MCP-Protocol-Version: ${REVISION}`, 'MCP-Protocol-Version: 1'),
  fc.constantFrom(...NAMES).map((name) => `Mcp-Name: ${name}`),
  fc.constantFrom('tools/call', 'tools/list', 'ping', 'tools/call, ping').map((name) => `Mcp-Method: ${name}`),
  fc.constantFrom(
    'Mcp-Session-Id: upstream-1',
    'Mcp-Param-Amount: 1',
    'Last-Event-ID: 1',
    'X-A: b\r\nX-C: d',
    'X-A : b',
  ),
);
const plainCall = fc
  .record({
    id: fc.nat(),
    name: fc.constantFrom('read', 'pay', 'delete_all'),
    amount: fc.constantFrom(1, 1000, '1000'),
  })
  .map(({ id, name, amount }) =>
    JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: { amount } } }),
  );
/** A message of the protocol says so. */
const text = fc
  .tuple(hostileText, fc.boolean())
  .map(([written, says]) => (says ? written.replace(/^(\[?)\{/, '$1{"jsonrpc":"2.0",') : written));
const own = fc.record({
  text: fc.oneof({ weight: 2, arbitrary: text }, plainCall),
  headers: fc.array(header, { maxLength: 3 }),
});
/** What says of itself that it is of the revision without sessions, mostly with headers that fit. */
const stateless = fc
  .tuple(fc.constantFrom('read', 'pay', 'delete_all'), fc.constantFrom(1, 1000), fc.array(header, { maxLength: 1 }))
  .map(([name, amount, more]) => {
    const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"${REVISION}"}`;
    const params = `"params":{"name":"${name}","arguments":{"amount":${amount}},${meta}}`;
    const headers = [`MCP-Protocol-Version: ${REVISION}`, 'Mcp-Method: tools/call', `Mcp-Name: ${name}`, ...more];
    return { text: `{"jsonrpc":"2.0","id":7,"method":"tools/call",${params}}`, headers };
  });
const request = fc.record({ said: fc.oneof(own, own, stateless), path, method, contentType, charset, framing });
type Hostile = typeof request extends fc.Arbitrary<infer Made> ? Made : never;

function encoded(text: string, charset: string): Buffer {
  if (charset === 'bom') return Buffer.from(`\ufeff${text}`);
  if (charset === 'utf7-like') return Buffer.from(text.replaceAll('{', '+AHs-'));
  // Two bytes for what is one: some readers take them for the slash of tools/call.
  if (charset === 'overlong') return Buffer.from(text.replaceAll('/', '\xc0\xaf'), 'latin1');
  return Buffer.from(text, charset as BufferEncoding);
}

/** The bytes of a request. */
function written({ said, framing, ...given }: Hostile, host: string, session: string): Buffer {
  const body = encoded(said.text, given.charset);
  const chunk = (part: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
  const half = Math.ceil(body.length / 2);
  const chunks = [body.subarray(0, half), body.subarray(half)].filter(({ length }) => length > 0).map(chunk);
  const chunked = Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]);
  const length = `Content-Length: ${body.length}`;
  const [lines, bytes] = (
    {
      length: [[length], body],
      chunked: [['Transfer-Encoding: chunked'], chunked],
      half: [[length], body.subarray(0, half)],
      'short length': [[`Content-Length: ${half}`], body],
      both: [[length, 'Transfer-Encoding: chunked'], chunked],
      'both, hidden': [[length, 'Transfer-Encoding: xchunked'], body],
      none: [[], body],
      'two behind each other': [[`Content-Length: ${body.length * 2}`], Buffer.concat([body, body])],
    } as Record<string, [string[], Buffer]>
  )[framing] ?? [[], body];
  // A session is to live on, and to have no stream of its own that stays open.
  const hasSession = !/GET|DELETE/.test(given.method) && !said.headers.some((each) => /session|2026/i.test(each));
  const head = [
    `${given.method} ${given.path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: close',
    'Accept: application/json, text/event-stream',
    ...(given.contentType === '' ? [] : [`Content-Type: ${given.contentType}`]),
    ...(hasSession ? [`Mcp-Session-Id: ${session}`] : []),
    ...lines,
    ...said.headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** Resolves when the connection is over. What waits for the rest is cut off. */
function sent(gateway: ListenerRun, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(gateway.root);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

/** Sends many, and returns with what statuses they were answered. */
async function attack(gateway: ListenerRun, requests: readonly Hostile[]): Promise<Map<string, number>> {
  const opened = await post(gateway.url(), INITIALIZE);
  const session = String(opened.headers['mcp-session-id'] ?? '');
  const { host } = new URL(gateway.root);
  const statuses = new Map<string, number>();
  const waiting = [...requests];
  const attacker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const status = (await sent(gateway, written(next, host, session))).slice(9, 12);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 8 }, attacker));
  assert.equal(
    (await post(gateway.url(), { jsonrpc: '2.0', id: 'last', method: 'ping' }, { 'mcp-session-id': session })).status,
    200,
  );
  assert.doesNotMatch(gateway.stderr(), /Error:| {4}at /);
  return statuses;
}

test('nothing that is posted makes a call reach a server over HTTP that the policy denies', async (t) => {
  const received: { readonly request: IncomingMessage; readonly body: string }[] = [];
  const url = await startHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    received.push({ request, body });
    if (request.method !== 'POST') return void response.writeHead(405).end();
    const [answer] = [JSON.parse(body)].flat().flatMap(answerTo);
    if (answer === undefined) return void response.writeHead(202).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  const gateway = await startListener(t, { servers: { recorder: { url: `${url}/mcp` } }, policy: GATEWAY_POLICY });
  const statuses = await attack(gateway, fc.sample(request, 1500));
  for (const { request, body } of received) {
    assertAllowed(callsIn(body), body);
    assert.doesNotMatch(body, /^\ufeff/);
    assert.equal(request.url, '/mcp');
    assert.ok(request.method === 'POST' || request.method === 'GET' || request.method === 'DELETE');
    assert.deepEqual(
      Object.keys(request.headers).filter((name) => /^x-|override|upgrade|expect/.test(name)),
      [],
    );
  }
  const passed = received.flatMap(({ body }) => callsIn(body)).length;
  assert.ok(passed > 20, `only ${passed} calls were let through: ${JSON.stringify([...statuses])}`);
});

test('nothing that is posted makes a call reach a program that the policy denies', async (t) => {
  const record = join(temporaryFolder(t), 'record');
  const program = { command: process.execPath, args: [RECORDER, record] };
  const gateway = await startListener(t, { servers: { recorder: program }, policy: GATEWAY_POLICY });
  const statuses = await attack(gateway, fc.sample(request, 1000));
  const received = readFileSync(record, 'utf8');
  assertAllowed(callsInLines(received), received);
  const passed = callsInLines(received).length;
  assert.ok(passed > 20, `only ${passed} calls were let through: ${JSON.stringify([...statuses])}`);
});
