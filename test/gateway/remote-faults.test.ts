/** What goes wrong with a server that is reached over HTTP, and what the client is told of it. */
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { AuditRow } from '../../src/core/audit/audit-entry.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { type GatewayRun, type Message, startGateway } from '../support/gateway-run.ts';
import { startHttpServer } from '../support/http-server.ts';
import { freePort } from '../support/ports.ts';
import { type Asked, answerTo, startRemote, stream } from '../support/remote-by-hand.ts';

const textOf = ({ result, error }: Message): string => result?.content?.[0]?.text ?? error?.message ?? '';
const call = (gateway: GatewayRun, id: number | string, name = 'read'): Promise<Message> =>
  gateway.ask(id, 'tools/call', { name });

/** One call an hour. */
const ONE_CALL = {
  version: '1',
  default: 'deny',
  tools: { read: { limits: [{ counter: 'reads', window: 'hour', max: 1, scope: 'server' }] }, pay: {} },
};

async function auditOf({ stateFile }: GatewayRun): Promise<string[]> {
  const store = await openStore(stateFile);
  const rows: AuditRow[] = [];
  for await (const row of store.audit.entries()) rows.push(row);
  await store.close();
  return rows.map(({ outcome }) => outcome);
}

/** A server whose calls of `read` go as `answer` says, and all else as it should. */
async function startFor(t: TestContext, answer: Parameters<typeof startRemote>[0], policy?: unknown) {
  const remote = await startRemote((asked, response) =>
    asked.method === 'tools/call' && asked.params.name === 'read' ? (answer?.(asked, response) ?? false) : false,
  );
  return { remote, gateway: startGateway(t, { target: [remote.url], ...(policy !== undefined && { policy }) }) };
}

test('a server that nobody listens for: each request is told so, calls are not counted, and all is well once it is there', async (t) => {
  const port = await freePort();
  const gateway = startGateway(t, { policy: ONE_CALL, target: [`http://127.0.0.1:${port}/mcp`] });
  assert.match(textOf(await gateway.ask(0, 'initialize', {})), /Nothing answers at the address of the server/);
  for (const id of [1, 2])
    assert.match(textOf(await call(gateway, id)), /did not reach the server, and was not counted/);
  assert.match(gateway.stderr(), /"event":"server-failed","level":"error".*Nothing answers at the address/);
  const remote = await startRemote();
  const { port: other } = new URL(remote.url);
  const through = createServer((socket) => {
    socket.pipe(connect(Number(other), '127.0.0.1').on('error', () => socket.destroy())).pipe(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => through.listen(port, '127.0.0.1', resolve));
  t.after(() => through.close());
  assert.equal(textOf(await call(gateway, 3)), 'did read');
  assert.equal(await gateway.end(), 0);
  assert.deepEqual(await auditOf(gateway), ['allowed', 'unreached', 'allowed', 'unreached', 'allowed', 'answered']);
});

test('a host that is not there is told as such', async (t) => {
  const gateway = startGateway(t, { target: ['https://nowhere.invalid/mcp'] });
  assert.match(textOf(await gateway.ask(0, 'initialize', {})), /Could not find the host of the server/);
  assert.equal(await gateway.end(), 0);
});

const page = '<!doctype html><title>502 Bad Gateway</title>';
for (const [status, headers, body, expected] of [
  [401, {}, '', /wants to know who asks\. .*status 401.*policylayer auth login http:\/\/127\.0\.0\.1:\d+\/mcp"/],
  [403, {}, 'Forbidden for you', /denied access\. .*status 403: Forbidden for you/],
  [404, {}, 'Not Found', /no MCP endpoint at this URL\. .*status 404/],
  [429, { 'retry-after': '30' }, 'Slow down', /refused the request\. .*status 429: Slow down.*after 30 seconds/],
  [500, {}, '', /refused the request\. .*status 500\./],
  [502, { 'content-type': 'text/html' }, page, /refused the request\. .*status 502\./],
  [301, { location: 'https://elsewhere.example/mcp' }, '', /points to another place\. .*elsewhere\.example/],
  [200, { 'content-type': 'text/html' }, page, /took the request and gave no answer.*text\/html/],
  [200, { 'content-type': 'application/json' }, 'no JSON', /took the request and gave no answer/],
  [202, {}, '', /took the request and gave no answer/],
  [400, {}, '{"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"Own words"}}', /^Own words$/],
] as const)
  test(`an answer with status ${status} ${Object.values(headers)[0] ?? body} is an error for that one request`, async (t) => {
    const { gateway, remote } = await startFor(t, (_, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    });
    const answer = await call(gateway, 1);
    assert.equal(answer.id, 1);
    assert.match(answer.error?.message ?? '', expected);
    assert.equal(textOf(await call(gateway, 2, 'pay')), 'did pay');
    assert.equal(remote.calls().length, 2);
    assert.equal(await gateway.end(), 0);
    assert.deepEqual((await auditOf(gateway)).sort(), ['allowed', 'allowed', 'answered', 'failed']);
  });

const CUTS: Record<string, (asked: Asked, response: Parameters<typeof stream>[0]) => void> = {
  'before it answers': (_, response) => void response.destroy(),
  'in the middle of a JSON answer': (asked, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write(answerTo(asked).slice(0, 20), () => response.destroy());
  },
  'in the middle of an event': (asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`data: ${answerTo(asked).slice(0, 20)}`, () => response.destroy());
  },
  'after other events': (_, response) => {
    stream(response, 'data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}');
    setTimeout(() => response.destroy(), 20);
  },
  'with an end that comes too early': (_, response) => {
    stream(response, ': nothing');
    response.end();
  },
};
for (const [when, cut] of Object.entries(CUTS))
  test(`a server that breaks off ${when}: the call is made once, counted, and said to have an end nobody knows`, async (t) => {
    const { gateway, remote } = await startFor(
      t,
      (asked, response) => {
        cut(asked, response);
        return true;
      },
      ONE_CALL,
    );
    assert.match(
      textOf(await call(gateway, 1)),
      /broke off before it answered.*is not known: look before you ask again/,
    );
    assert.match(textOf(await call(gateway, 2)), /Denied by policy/);
    assert.equal(remote.calls().length, 1);
    assert.equal(textOf(await call(gateway, 3, 'pay')), 'did pay');
  });

test('a server that hangs with one call answers others, is told when the client gives up, and does not keep the gateway', async (t) => {
  const { gateway, remote } = await startFor(t, () => true);
  void call(gateway, 'hangs').catch(() => {});
  while (remote.calls().length === 0) await gateway.ask('on its way', 'ping');
  assert.equal(textOf(await call(gateway, 2, 'pay')), 'did pay');
  gateway.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'hangs' } });
  while (!remote.asked.some(({ method }) => method === 'notifications/cancelled')) await gateway.ask(3, 'ping');
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 143);
  assert.ok((await auditOf(gateway)).includes('unanswered'));
});

const MIB = 1024 * 1024;
const large = (asked: Asked, bytes: number): string =>
  JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: { content: [{ type: 'text', text: 'x'.repeat(bytes) }] } });

for (const type of ['application/json', 'text/event-stream'])
  test(`an answer of 50 MiB as ${type} passes, one of 70 is an error and nothing else`, {
    timeout: 60_000,
  }, async (t) => {
    const { gateway } = await startFor(t, (asked, response) => {
      const body = large(asked, (asked.id === 1 ? 50 : 70) * MIB);
      response.writeHead(200, { 'content-type': type });
      response.end(type === 'application/json' ? body : `data: ${body}\n\n`);
      return true;
    });
    assert.equal(textOf(await call(gateway, 1)).length, 50 * MIB);
    assert.match(textOf(await call(gateway, 2)), /answered with more than the gateway passes on/);
    assert.equal(textOf(await call(gateway, 3, 'pay')), 'did pay');
  });

test('a call of 50 MiB reaches the server whole', { timeout: 60_000 }, async (t) => {
  const { gateway, remote } = await startFor(t, () => false);
  const text = 'y'.repeat(50 * MIB);
  gateway.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read', arguments: { text } } });
  assert.equal(textOf(await gateway.next(({ id }) => id === 1)), 'did read');
  assert.deepEqual(
    remote.calls().map(({ params }) => (params.arguments as { text: string }).text === text),
    [true],
  );
});

test('a stream without end that holds no event is cut off', { timeout: 60_000 }, async (t) => {
  const { gateway } = await startFor(t, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const chunk = 'x'.repeat(MIB);
    const fill = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', fill);
    fill();
    return true;
  });
  assert.match(textOf(await call(gateway, 1)), /answered with more than the gateway passes on/);
  assert.equal(textOf(await call(gateway, 2, 'pay')), 'did pay');
});

test('what answers, and speaks no HTTP, is told of', async (t) => {
  const port = await freePort();
  const nonsense = createServer((socket) => void socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.6\r\n'));
  await new Promise<void>((resolve) => nonsense.listen(port, '127.0.0.1', resolve));
  t.after(() => nonsense.close());
  const gateway = startGateway(t, { target: [`http://127.0.0.1:${port}/mcp`] });
  assert.match(textOf(await call(gateway, 1)), /broke off before it answered/);
});

test('a server whose session cannot be begun anew says so to each request, until it can', async (t) => {
  let isDown = false;
  const remote = await startRemote(({ headers }, response) => {
    const isOver = headers['mcp-session-id'] === 'session-1' && remote.calls().length > 0;
    if (!isOver && !isDown) return false;
    response.writeHead(isOver ? 404 : 503).end();
    return true;
  });
  const gateway = startGateway(t, { target: [remote.url] });
  await gateway.ask(0, 'initialize', HELLO);
  assert.match(textOf(await call(gateway, 1)), /has ended the session/);
  isDown = true;
  for (const id of [2, 3]) assert.match(textOf(await call(gateway, id)), /not counted. .*began no new one\. .*503/);
  isDown = false;
  assert.equal(textOf(await call(gateway, 4)), 'did read');
});

test('of many requests at a time each gets its own answer', async (t) => {
  const url = await startHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { id } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: `${id}` }] } }));
    }, id % 7);
  });
  const gateway = startGateway(t, { target: [`${url}/mcp`] });
  const answers = await Promise.all(Array.from({ length: 300 }, (_, id) => call(gateway, id)));
  assert.deepEqual(
    answers.map(textOf),
    answers.map((_, id) => `${id}`),
  );
});

/** A server of 2024, by hand: one stream, and messages posted beside it. */
async function startOlder(endpoint: (root: string) => string) {
  let open: Parameters<typeof stream>[0] | undefined;
  const calls: string[] = [];
  const root = await startHttpServer(async (request, response) => {
    if (request.method === 'GET') {
      open = response;
      return stream(response, `event: endpoint\ndata: ${endpoint(`http://${request.headers.host}`)}`);
    }
    if (request.url === '/sse') return response.writeHead(404).end('Cannot POST /sse');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(202).end('Accepted');
    if (asked.method === 'tools/call') calls.push(asked.params.name);
    if (calls.length === 1 && asked.method === 'tools/call') return void open?.destroy();
    if (asked.id !== undefined) open?.write(`event: message\ndata: ${answerTo(asked)}\n\n`);
  });
  return { url: `${root}/sse`, calls };
}

const HELLO = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };

test('a server of 2024 whose stream breaks off: the call is made once, and after one more error there is a new session', async (t) => {
  const { url, calls } = await startOlder(() => '/messages?session=1');
  const gateway = startGateway(t, { target: [url] });
  assert.ok((await gateway.ask(0, 'initialize', HELLO)).result);
  assert.match(textOf(await call(gateway, 1)), /broke off before it answered/);
  assert.match(textOf(await call(gateway, 2)), /was not counted.*has ended the session/);
  assert.equal(textOf(await call(gateway, 3)), 'did read');
  assert.deepEqual(calls, ['read', 'read']);
  assert.equal(await gateway.end(), 0);
});

test('a server of 2024 that wants messages posted elsewhere gets none', async (t) => {
  const elsewhere = await startRemote();
  const { url } = await startOlder(() => elsewhere.url);
  const gateway = startGateway(t, { target: [url] });
  assert.match(textOf(await gateway.ask(0, 'initialize', HELLO)), /no MCP endpoint at this URL/);
  assert.deepEqual(elsewhere.asked, []);
});
