/** Credentials stay where they belong: those for a server with the gateway, those of a client with it. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { placeholder } from '../../src/core/project/placeholder.ts';
import { GATEWAY_POLICY } from '../support/gateway-run.ts';
import { ask, JSON_HEADERS, type ListenerRun, post, startListener } from '../support/listener-run.ts';
import { answerTo, type Instead, type RecordingHttp, startRecordingHttp } from '../support/recording-http.ts';

const TOKEN = 'tok_0123456789/abcdef"g';
const KEY = 'key-0123456789abcdef';
/** What somebody could make out of what was said. */
const SECRET = /0123456789/;

async function behind(t: TestContext, instead: Instead): Promise<{ gateway: ListenerRun; server: RecordingHttp }> {
  const server = await startRecordingHttp(instead);
  const headers = { Authorization: `Bearer ${placeholder('TOKEN')}`, 'X-Api-Key': placeholder('KEY') };
  const gateway = await startListener(t, {
    servers: { recorder: { url: `${server.url}?api_key=${placeholder('KEY')}`, headers } },
    policy: GATEWAY_POLICY,
    env: { TOKEN, KEY },
  });
  return { gateway, server };
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const CALL = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read', arguments: {} } };

const said = `I got Bearer ${TOKEN} and ${KEY}`;
const inJson = (members: object): string => JSON.stringify({ jsonrpc: '2.0', id: 1, ...members });
const result = inJson({ result: { content: [{ type: 'text', text: said }], structuredContent: { [KEY]: TOKEN } } });
const error = inJson({ error: { code: -32000, message: said, data: { headers: { 'x-api-key': KEY } } } });
const inHeaders = {
  'www-authenticate': `Bearer error="${KEY}"`,
  'x-echo': KEY,
  'set-cookie': `key=${KEY}`,
  location: `/${KEY}`,
};

const json = (status: number, body: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json', ...inHeaders }).end(body);
};
const text = (status: number, contentType: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': contentType, ...inHeaders }).end(said);
};
const event = (body: string): string => `event: message\nid: 1\ndata: ${body}\n\n`;
/** In pieces that end in the middle of what is secret. */
const stream = (body: string) => async (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...inHeaders });
  for (let at = 0; at < body.length; at += 40) {
    response.write(body.slice(at, at + 40));
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
};
const note = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: said } });

const ECHOES: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'a result': json(200, result),
  'a result whose slashes are escaped': json(200, result.replaceAll('/', '\\/')),
  'an error': json(200, error),
  'an error with a status': json(400, error),
  'a status of its own': json(404, error),
  'a refusal of the credentials': json(401, error),
  'a refusal in prose': text(403, 'text/plain'),
  'a failure as a page': text(500, 'text/html'),
  'a redirection': text(307, 'text/plain'),
  'no JSON, though it says so': json(200, said),
  'prose with success': text(200, 'text/plain'),
  'a batch': json(200, `[${result},${note}]`),
  'a stream': stream(event(note) + event(result)),
  'a stream with a comment, a name and an id': stream(`: ${KEY}\nevent: ${KEY}\nid: ${KEY}\ndata: ${result}\n\n`),
  'a stream of what is no message': stream(event(said) + event(result)),
};

test('however a server echoes its credentials, they do not reach the client, and are not logged', async (t) => {
  let echo: ((response: ServerResponse) => void) | undefined;
  const { gateway, server } = await behind(t, ({ body }, response) => {
    if (echo === undefined || !body.includes('tools/call')) return false;
    echo(response);
    return true;
  });
  const session = { 'mcp-session-id': String((await post(gateway.url(), INITIALIZE)).headers['mcp-session-id']) };
  for (const [what, answer] of Object.entries(ECHOES))
    for (const headers of [{}, session]) {
      echo = answer;
      const got = await post(gateway.url(), CALL, headers);
      assert.doesNotMatch(JSON.stringify([got.headers, got.text]), SECRET, what);
      assert.ok(got.status !== 401 && got.status !== 403 && got.status !== 307, `${what}: ${got.status}`);
    }
  assert.equal(server.requests.at(-1)?.headers.authorization, `Bearer ${TOKEN}`);
  assert.doesNotMatch(gateway.stderr(), SECRET);
  const { stdout } = await gateway.cli('audit', '--json');
  assert.doesNotMatch(stdout, SECRET);
});

test('nor do they on the stream of a session, or where the server opens it', async (t) => {
  const { gateway } = await behind(t, ({ method, body }, response) => {
    if (method === 'GET') {
      void stream(event(note))(response);
      return true;
    }
    if (!body.includes('initialize')) return false;
    const [hello] = answerTo(JSON.parse(body)) as { result: object }[];
    response.writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': `session-${KEY}` });
    response.end(JSON.stringify({ ...hello, result: { ...hello?.result, instructions: said } }));
    return true;
  });
  const hello = await post(gateway.url(), INITIALIZE);
  assert.doesNotMatch(JSON.stringify([hello.headers, hello.text]), SECRET);
  const session = String(hello.headers['mcp-session-id']);
  const headers = { accept: 'text/event-stream', 'mcp-session-id': session };
  const listened = await ask(gateway.url(), { method: 'GET', headers });
  assert.match(listened.text, /I got/);
  assert.doesNotMatch(JSON.stringify([listened.headers, listened.text]), SECRET);
});

test('what a client shows the gateway reaches no server, whatever else it says of itself', async (t) => {
  const { gateway, server } = await behind(t, () => false);
  const token = await gateway.grant('alice', '--server', 'recorder');
  const mine = {
    authorization: `Bearer ${token}`,
    'proxy-authorization': `Bearer ${token}`,
    cookie: `token=${token}`,
    'x-api-key': token,
    'x-mcp-token': token,
    'mcp-custom': token,
    'user-agent': token,
    referer: `http://127.0.0.1/${token}`,
    via: token,
    'x-forwarded-for': token,
    traceparent: token,
  };
  const opened = await post(gateway.url(), INITIALIZE, mine);
  const session = { ...mine, 'mcp-session-id': String(opened.headers['mcp-session-id']) };
  assert.equal((await post(gateway.url(), CALL, session)).status, 200);
  assert.equal((await post(`${gateway.url()}?token=${token}`, CALL, session)).status, 200);
  await ask(gateway.url(), {
    method: 'GET',
    headers: { ...session, accept: 'text/event-stream', 'last-event-id': '1' },
  });
  await ask(gateway.url(), { method: 'DELETE', headers: session });
  assert.ok(server.requests.length >= 3);
  for (const { headers, body } of server.requests) {
    assert.ok(!JSON.stringify([headers, body]).includes(token));
    assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  }
  assert.ok(!gateway.stderr().includes(token));
});

const FOREIGN: readonly object[] = [
  { host: 'rebound.example' },
  { host: '127.0.0.1@rebound.example' },
  { host: 'localhost.rebound.example' },
  { origin: 'https://rebound.example' },
  { origin: 'null' },
  { origin: 'file://' },
  { origin: 'http://localhost.rebound.example' },
  { origin: 'http://127.0.0.1:1' },
];
test('a page whose name was led to this machine gets 403 for whatever it tries, and no server hears of it', async (t) => {
  const { gateway, server } = await behind(t, () => false);
  const opened = await post(gateway.url(), INITIALIZE);
  const before = server.requests.length;
  const session = { ...JSON_HEADERS, 'mcp-session-id': String(opened.headers['mcp-session-id']) };
  for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS'])
    for (const url of [gateway.url(), `${gateway.root}/metrics`, `${gateway.root}/healthz`, `${gateway.root}/nothing`])
      for (const headers of FOREIGN) {
        const body = method === 'POST' ? JSON.stringify(CALL) : '';
        const { status, headers: given } = await ask(url, { method, headers: { ...session, ...headers }, body });
        assert.equal(status, 403, `${method} ${url} ${JSON.stringify(headers)}`);
        assert.ok(!Object.keys(given).some((name) => name.startsWith('access-control')));
      }
  assert.equal(server.requests.length, before);
});
