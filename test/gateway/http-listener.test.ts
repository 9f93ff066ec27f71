/** What passes the listener and what does not, as a server that keeps every byte sees it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { placeholder } from '../../src/core/project/placeholder.ts';
import { GATEWAY_POLICY } from '../support/gateway-run.ts';
import {
  ask,
  JSON_HEADERS,
  type ListenerOptions,
  type ListenerRun,
  post,
  startListener,
} from '../support/listener-run.ts';
import {
  answerEvents,
  answerTo,
  events,
  type Instead,
  type RecordingHttp,
  startRecordingHttp,
} from '../support/recording-http.ts';

interface Behind {
  readonly gateway: ListenerRun;
  readonly server: RecordingHttp;
}

async function behind(t: TestContext, options: Partial<ListenerOptions> = {}, instead?: Instead): Promise<Behind> {
  const server = await startRecordingHttp(instead);
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: GATEWAY_POLICY,
    ...options,
  });
  return { gateway, server };
}

const call = (id: unknown, name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  ...(id !== undefined && { id }),
  method: 'tools/call',
  params: { name, arguments: args },
});
const INITIALIZE = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

async function openSession(url: string, headers: object = {}): Promise<string> {
  const { headers: given, text } = await post(url, INITIALIZE, headers);
  assert.match(text, /"listChanged":true/);
  return String(given['mcp-session-id']);
}

const DENIED: readonly (readonly [what: string, body: unknown])[] = [
  ['a call', call(1, 'delete_all')],
  ['a call without an id', call(undefined, 'delete_all')],
  ['a call whose id is null', call(null, 'delete_all')],
  ['a call in a batch', [call(1, 'delete_all'), call(2, 'pay', { amount: 1000 })]],
  ['another spelling of the method', '{"jsonrpc":"2.0","id":1,"method":"Tools/Call","params":{"name":"delete_all"}}'],
  ['escapes in the method', '{"jsonrpc":"2.0","id":1,"method":"tools\\/c\\u0061ll","params":{"name":"delete_all"}}'],
  [
    'a key that comes twice',
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","name":"delete_all"}}',
  ],
  ['a name that every object has', call(1, 'constructor')],
  ['no JSON', 'delete_all'],
  ['two messages behind each other', `${JSON.stringify(call(1, 'read'))}\n${JSON.stringify(call(2, 'delete_all'))}`],
];
test('nothing reaches the server that the policy does not let through, however it is posted', async (t) => {
  const { gateway, server } = await behind(t);
  for (const [what, body] of DENIED) {
    const { status } = await post(gateway.url(), typeof body === 'string' ? body : JSON.stringify(body));
    assert.ok(status === 200 || status === 202 || status === 400, `${what}: ${status}`);
  }
  assert.deepEqual(server.bodies(), []);
  const mixed = [call(1, 'read'), call(2, 'delete_all'), call(3, 'pay', { amount: 5 })];
  const answers = JSON.parse((await post(gateway.url(), mixed)).text) as { id: number }[];
  assert.deepEqual(answers.map(({ id }) => id).sort(), [1, 2, 3]);
  assert.deepEqual(server.bodies(), [JSON.stringify([mixed[0], mixed[2]])]);
});

test('what the policy does not concern reaches the server byte for byte', async (t) => {
  const { gateway, server } = await behind(t);
  const bodies = [
    '{"jsonrpc":"2.0","id":1,"method":"acme/extension","params":{"big":12345678901234567890123,"odd":[1.0,1e2]}}',
    '{\n  "id": "a",\r\n  "method": "ping",\n  "jsonrpc": "2.0"\n}\n',
    '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read","arguments":{"n":9007199254740993}}}',
    '{"jsonrpc":"2.0","method":"notifications/acme","params":{"__proto__":{"a":1}}}',
  ];
  for (const body of bodies) await post(gateway.url(), body);
  assert.deepEqual(server.bodies(), bodies);
});

test('a stream is read whatever way its bytes are cut, within a character too, and with a byte order mark before it', async (t) => {
  const said = { content: [{ type: 'text', text: 'größer als 漢字 und 👍' }] };
  const { gateway } = await behind(t, {}, ({ body }, response) => {
    const { id } = JSON.parse(body);
    const stream = `\ufeffid: 1\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, result: said })}\n\n`;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    void (async () => {
      for (const byte of Buffer.from(stream)) {
        response.write(Buffer.of(byte));
        await sleep(1);
      }
      response.end();
    })();
    return true;
  });
  const { text } = await post(gateway.url(), call(1, 'read'));
  const [, id, data = ''] = /^id: (.*)\ndata: (.*)\n\n$/.exec(text) ?? [];
  assert.deepEqual([id, JSON.parse(data).result], ['1', said]);
});

test('of the headers of a client only those of the protocol reach the server; its grant, cookies and addresses do not', async (t) => {
  const { gateway, server } = await behind(t);
  const token = await gateway.grant('alice', '--server', 'recorder');
  await post(gateway.url(), call(1, 'read'), {
    authorization: `Bearer ${token}`,
    cookie: 'a=b',
    'x-forwarded-for': '10.0.0.1',
    forwarded: 'for=10.0.0.1',
    'x-api-key': 'mine',
    'x-acme': 'hello',
    'user-agent': 'somebody/1',
    'mcp-protocol-version': '2025-11-25',
  });
  const headers = server.requests[0]?.headers ?? {};
  assert.deepEqual(Object.keys(headers).sort(), [
    'accept',
    'accept-encoding',
    'connection',
    'content-length',
    'content-type',
    'host',
    'mcp-protocol-version',
    'user-agent',
  ]);
  assert.equal(headers.host, new URL(server.url).host);
  assert.match(headers['user-agent'] ?? '', /^policylayer\//);
});

test('credentials for a server are sent by the gateway, and taken out of what the server says', async (t) => {
  const echo: Instead = ({ headers, body }, response) => {
    const { id, method } = JSON.parse(body);
    const result = { content: [{ type: 'text', text: `got ${headers.authorization} and ${headers['x-api-key']}` }] };
    const text = JSON.stringify({ jsonrpc: '2.0', id, result });
    if (method === 'acme/stream') return answerEvents(response, `data: ${text}\n\n`);
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    return true;
  };
  const server = await startRecordingHttp(echo);
  const gateway = await startListener(t, {
    servers: {
      recorder: {
        url: server.url,
        headers: { Authorization: `Bearer ${placeholder('TOKEN')}`, 'X-Api-Key': placeholder('KEY') },
      },
    },
    policy: GATEWAY_POLICY,
    env: { TOKEN: 'tok_0123456789abcdef', KEY: 'key"0123456789abcdef' },
  });
  for (const message of [call(1, 'read'), { jsonrpc: '2.0', id: 2, method: 'acme/stream' }]) {
    const { text } = await post(gateway.url(), message, { 'x-api-key': 'of the client' });
    assert.match(text, /got \*\*\* and \*\*\*/);
  }
  assert.equal(server.requests[0]?.headers.authorization, 'Bearer tok_0123456789abcdef');
  assert.equal(server.requests[0]?.headers['x-api-key'], 'key"0123456789abcdef');
  assert.doesNotMatch(gateway.stderr(), /0123456789abcdef/);
});

test('hidden tools are in no list: as JSON, in a stream, nor in one that is taken up again, however often', async (t) => {
  const list = { jsonrpc: '2.0', id: 7, method: 'tools/list' };
  const inStream: Instead = ({ method, headers, body }, response) => {
    if (method === 'GET') return answerEvents(response, events(...answerTo(list)));
    if (JSON.parse(body).method !== 'tools/list' || headers['mcp-session-id'] === undefined) return false;
    return answerEvents(response, `id: 1\ndata:\n\n${events(...answerTo(list)).replaceAll('\n', '\r\n')}`);
  };
  const { gateway, server } = await behind(t, {}, inStream);
  assert.deepEqual(namesIn((await post(gateway.url(), list)).text), ['read', 'pay']);
  const session = { 'mcp-session-id': await openSession(gateway.url()) };
  const first = await post(gateway.url(), list, session);
  assert.match(String(first.headers['content-type']), /event-stream/);
  assert.deepEqual(namesIn(first.text), ['read', 'pay']);
  for (const _ of [1, 2]) {
    const headers = { accept: 'text/event-stream', 'last-event-id': '1', ...session };
    const again = await ask(gateway.url(), { method: 'GET', headers });
    assert.deepEqual(namesIn(again.text), ['read', 'pay']);
  }
  assert.equal(server.requests.at(-1)?.headers['last-event-id'], '1');
  assert.equal(server.requests.at(-1)?.headers['mcp-session-id'], 'upstream-1');
});

const namesIn = (text: string): string[] => [...text.matchAll(/"name":"(\w+)"/g)].map(([, name = '']) => name);

test('a session belongs to the grant that opened it: to any other it is unknown', async (t) => {
  const { gateway, server } = await behind(t);
  const [alice, bob] = [
    { authorization: `Bearer ${await gateway.grant('alice', '--server', 'recorder')}` },
    { authorization: `Bearer ${await gateway.grant('bob', '--server', 'recorder')}` },
  ];
  const session = { 'mcp-session-id': await openSession(gateway.url(), alice) };
  assert.equal((await post(gateway.url(), call(1, 'read'), { ...alice, ...session })).status, 200);
  const count = server.requests.length;
  const unknown = await post(gateway.url(), call(1, 'read'), { ...alice, 'mcp-session-id': 'made-up' });
  assert.equal(unknown.status, 404);
  for (const method of ['POST', 'GET', 'DELETE']) {
    const headers = { ...JSON_HEADERS, ...bob, ...session };
    const answer = await ask(gateway.url(), {
      method,
      headers,
      body: method === 'POST' ? JSON.stringify(call(1, 'read')) : '',
    });
    assert.deepEqual([answer.status, answer.text], [404, unknown.text], method);
  }
  assert.equal(server.requests.length, count);
  assert.equal((await ask(gateway.url(), { method: 'DELETE', headers: { ...alice, ...session } })).status, 200);
  assert.equal((await post(gateway.url(), call(2, 'read'), { ...alice, ...session })).status, 404);
  await until(() => server.requests.some(({ method }) => method === 'DELETE'));
  assert.equal(server.requests.find(({ method }) => method === 'DELETE')?.headers['mcp-session-id'], 'upstream-1');
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('a session that the server has ended is over for the client as well, which learns it by the answer to its call', async (t) => {
  let isOver = false;
  const { gateway } = await behind(t, {}, ({ headers }, response) => {
    if (!isOver || headers['mcp-session-id'] === undefined) return false;
    response.writeHead(404).end();
    return true;
  });
  const session = { 'mcp-session-id': await openSession(gateway.url()) };
  assert.equal((await post(gateway.url(), call(1, 'read'), session)).status, 200);
  isOver = true;
  for (const id of [2, 3]) {
    const { status, text } = await post(gateway.url(), call(id, 'read'), session);
    assert.deepEqual([status, JSON.parse(text).error.code], [404, -32001]);
  }
  assert.match((await gateway.cli('audit', '--json')).stdout, /"unanswered"/);
  assert.equal((await post(gateway.url(), INITIALIZE)).status, 200);
});

test('a client that hangs up while its person is asked has not made the call, whatever is answered then', async (t) => {
  const policy = { version: '1', default: 'deny', tools: { read: { require_approval: [{ conditions: [] }] } } };
  const { gateway, server } = await behind(t, { policy });
  const able = { ...INITIALIZE, params: { ...INITIALIZE.params, capabilities: { elicitation: {} } } };
  const session = { 'mcp-session-id': String((await post(gateway.url(), able)).headers['mcp-session-id']) };
  const asking = (id: number): Promise<{ question: string; hangUp: () => void; answer: Promise<string> }> =>
    new Promise((resolve) => {
      const asked = request(gateway.url(), { method: 'POST', headers: { ...JSON_HEADERS, ...session } }, (response) => {
        let text = '';
        const answer = new Promise<string>((done) => response.on('close', () => done(text)));
        response.on('error', () => {});
        response.on('data', (chunk) => {
          text += chunk;
          const question = /"id":"([^"]+)","method":"elicitation\/create"/.exec(text)?.[1];
          if (question !== undefined) resolve({ question, hangUp: () => asked.destroy(), answer });
        });
      });
      asked.on('error', () => {});
      asked.end(JSON.stringify(call(id, 'read')));
    });
  const yes = (id: string) =>
    post(gateway.url(), { jsonrpc: '2.0', id, result: { action: 'accept', content: { decision: 'once' } } }, session);
  const gone = await asking(1);
  gone.hangUp();
  await gone.answer;
  const stays = await asking(2);
  assert.deepEqual([(await yes(gone.question)).status, (await yes(stays.question)).status], [202, 202]);
  assert.match(await stays.answer, /did read/);
  const calls = server.bodies().filter((body) => body.includes('tools/call'));
  assert.deepEqual(calls, [JSON.stringify(call(2, 'read'))]);
});

test('without grants this machine is served; once there is one for a server, a token is needed, also when it was revoked', async (t) => {
  const { gateway, server } = await behind(t);
  const open = await post(gateway.url(), INITIALIZE);
  assert.equal(open.status, 200);
  const token = await gateway.grant('alice', '--server', 'recorder');
  await until404(gateway, String(open.headers['mcp-session-id']));
  const refused = await post(gateway.url(), call(1, 'read'));
  assert.equal(refused.status, 401);
  assert.equal(refused.headers['www-authenticate'], 'Bearer');
  assert.equal((await post(gateway.url(), call(1, 'read'), { authorization: 'Bearer made-up' })).status, 401);
  assert.equal((await post(gateway.url(), call(1, 'read'), { authorization: `Basic ${token}` })).status, 401);
  const elsewhere = await gateway.grant('bob', '--server', 'another');
  assert.equal((await post(gateway.url(), call(1, 'read'), { authorization: `Bearer ${elsewhere}` })).status, 403);
  const before = server.requests.filter(({ method }) => method === 'POST').length;
  assert.equal((await post(gateway.url(), call(1, 'read'), { authorization: `Bearer ${token}` })).status, 200);
  assert.equal(server.requests.filter(({ method }) => method === 'POST').length, before + 1);
  await gateway.cli('grant', 'revoke', 'alice');
  assert.equal((await post(gateway.url(), call(1, 'read'), { authorization: `Bearer ${token}` })).status, 401);
  assert.equal((await post(gateway.url(), call(1, 'read'))).status, 401);
});

/** The session of the local caller ends with the first grant. */
async function until404(gateway: ListenerRun, session: string): Promise<void> {
  for (;;) {
    const { status } = await post(gateway.url(), call(9, 'read'), { 'mcp-session-id': session });
    if (status === 401 || status === 404) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a call that waits for its answer while its caller loses the right to it is refused as the next one is', async (t) => {
  const { gateway, server } = await behind(t, {}, ({ body }) => body.includes('"read"'));
  const isAsked = (count: number) =>
    until(() => server.bodies().filter((body) => body.includes('"read"')).length === count);
  const local = post(gateway.url(), call(1, 'read'));
  await isAsked(1);
  const alice = { authorization: `Bearer ${await gateway.grant('alice', '--server', 'recorder')}` };
  const firstGrant = await local;
  assert.deepEqual([firstGrant.status, JSON.parse(firstGrant.text).id], [401, 1]);
  assert.equal(firstGrant.headers['www-authenticate'], 'Bearer');
  const hers = post(gateway.url(), call(2, 'read'), alice);
  await isAsked(2);
  await gateway.cli('grant', 'revoke', 'alice');
  assert.equal((await hers).status, 401);
});

test('a revoked grant loses the streams and the sessions that it has open', async (t) => {
  const { gateway, server } = await behind(t);
  const alice = { authorization: `Bearer ${await gateway.grant('alice', '--server', 'recorder')}` };
  const session = { 'mcp-session-id': await openSession(gateway.url(), alice) };
  const stream = ask(gateway.url(), { method: 'GET', headers: { accept: 'text/event-stream', ...alice, ...session } });
  await until(() => server.requests.some(({ method }) => method === 'GET'));
  await gateway.cli('grant', 'revoke', 'alice');
  await stream.catch(() => {});
  await until(() => server.requests.some(({ method }) => method === 'DELETE'));
});

test('a body that comes slowly is refused where the grant was revoked meanwhile', async (t) => {
  const { gateway, server } = await behind(t);
  const authorization = `Bearer ${await gateway.grant('alice', '--server', 'recorder')}`;
  const body = JSON.stringify(call(1, 'read'));
  const headers = { ...JSON_HEADERS, authorization, 'content-length': body.length, expect: '100-continue' };
  const slow = request(gateway.url(), { method: 'POST', headers });
  const answer = once(slow, 'response');
  slow.flushHeaders();
  await once(slow, 'continue');
  slow.write(body.slice(0, 10));
  // Whoever was admitted is written down as such.
  const isAdmitted = async () => !(await gateway.cli('grant', 'list', '--json')).stdout.includes('"lastUsed": null');
  while (!(await isAdmitted()));
  await gateway.cli('grant', 'revoke', 'alice');
  slow.end(body.slice(10));
  const [{ statusCode }] = (await answer) as [IncomingMessage];
  assert.equal(statusCode, 401);
  assert.equal(server.requests.length, 0);
});

test('a rotated grant loses what was opened with the old token, and goes on in its sessions with the new one', async (t) => {
  const keepsOpen: Instead = ({ method }, response) =>
    method === 'GET' && answerEvents(response, ': hello\n\n', { end: false });
  const { gateway, server } = await behind(t, {}, keepsOpen);
  const before = { authorization: `Bearer ${await gateway.grant('alice', '--server', 'recorder')}` };
  const session = { 'mcp-session-id': await openSession(gateway.url(), before) };
  const headers = { accept: 'text/event-stream', ...before, ...session };
  const stream = ask(gateway.url(), { method: 'GET', headers });
  await until(() => server.requests.some(({ method }) => method === 'GET'));
  const { stdout } = await gateway.cli('grant', 'rotate', 'alice');
  await stream.catch(() => {});
  const after = { authorization: `Bearer ${stdout.trim()}` };
  assert.equal((await post(gateway.url(), call(1, 'read'), { ...before, ...session })).status, 401);
  assert.equal((await post(gateway.url(), call(1, 'read'), { ...after, ...session })).status, 200);
});

test('what was forwarded for somebody else is not taken for a request of this machine', async (t) => {
  const { gateway, server } = await behind(t);
  for (const header of ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']) {
    assert.equal((await post(gateway.url(), call(1, 'read'), { [header]: '10.0.0.1' })).status, 401, header);
    const page = await ask(`${gateway.root}/metrics`, { method: 'GET', headers: { [header]: '10.0.0.1' } });
    assert.equal(page.status, 401, header);
  }
  assert.equal(server.requests.length, 0);
});

test('headers that say what a message is reach no server where nobody compared them with it', async (t) => {
  const { gateway, server } = await behind(t);
  const mirrors = { 'mcp-method': 'tools/list', 'mcp-name': 'delete_all', 'mcp-param-amount': '1' };
  assert.equal((await post(gateway.url(), call(1, 'read'), mirrors)).status, 200);
  const names = Object.keys(server.requests[0]?.headers ?? {});
  assert.deepEqual(
    names.filter((name) => name.startsWith('mcp-')),
    [],
  );
});

test('each grant lives under its own policy, and counts for itself', async (t) => {
  const limited = {
    version: '1',
    default: 'deny',
    tools: { read: { limits: [{ counter: 'reads', window: 'day', max: 1, scope: 'grant' }] } },
  };
  const { gateway } = await behind(t, { policy: limited });
  const own = `${gateway.folder}/own.json`;
  writeFileSync(own, JSON.stringify({ version: '1', default: 'deny', tools: { pay: {} } }));
  const tokens = {
    alice: await gateway.grant('alice', '--server', 'recorder'),
    bob: await gateway.grant('bob', '--server', 'recorder'),
    carol: await gateway.grant('carol', '--server', 'recorder', '--policy', own),
  };
  const told = async (who: keyof typeof tokens, tool: string): Promise<string> =>
    (await post(gateway.url(), call(1, tool), { authorization: `Bearer ${tokens[who]}` })).text;
  assert.match(await told('alice', 'read'), /did read/);
  assert.match(await told('alice', 'read'), /Denied by policy/);
  assert.match(await told('bob', 'read'), /did read/);
  assert.match(await told('carol', 'pay'), /did pay/);
  assert.match(await told('carol', 'read'), /Denied by policy/);
  const { stdout } = await gateway.cli('audit', '--json');
  assert.match(stdout, /"grant": ?"carol"/);
});

test('a page in a browser that leads a name of its own here gets nothing, nor does one from elsewhere', async (t) => {
  const { gateway, server } = await behind(t, { flags: ['--allow-host', 'gateway.example'] });
  const { port } = new URL(gateway.root);
  const body = call(1, 'read');
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1', `127.0.0.1.evil.example:${port}`])
    assert.equal((await post(gateway.url(), body, { host })).status, 403, host);
  for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:1`, `https://localhost:${port}.evil.example`])
    assert.equal((await post(gateway.url(), body, { origin })).status, 403, origin);
  assert.equal(
    (await ask(`${gateway.root}/metrics`, { method: 'GET', headers: { host: 'evil.example' } })).status,
    403,
  );
  assert.equal(server.requests.length, 0);
  assert.equal((await post(gateway.url(), body, { host: `localhost:${port}` })).status, 200);
  assert.equal((await post(gateway.url(), body, { origin: gateway.root })).status, 200);
  // Under a name that others can reach, nobody is served as this machine.
  assert.equal((await post(gateway.url(), body, { host: 'gateway.example' })).status, 401);
});

test('what is no request of the protocol is refused with the status that says why', async (t) => {
  const { gateway, server } = await behind(t);
  const url = gateway.url();
  const body = JSON.stringify(call(1, 'read'));
  const statuses: [string, number, object, (string | undefined)?][] = [
    ['POST', 415, { ...JSON_HEADERS, 'content-type': 'text/plain' }],
    ['POST', 415, { accept: JSON_HEADERS.accept }],
    ['POST', 415, { ...JSON_HEADERS, 'content-encoding': 'gzip' }],
    ['POST', 406, { ...JSON_HEADERS, accept: 'application/json' }],
    ['POST', 413, { ...JSON_HEADERS, 'content-length': String(65 * 1024 * 1024) }],
    ['GET', 406, { accept: 'application/json' }],
    ['GET', 400, { accept: 'text/event-stream' }],
    ['PUT', 405, JSON_HEADERS],
    ['OPTIONS', 405, {}],
    ['POST', 404, JSON_HEADERS, '/mcp/nobody'],
    ['POST', 404, JSON_HEADERS, '/'],
    ['POST', 404, JSON_HEADERS, '/mcp/%zz'],
    ['POST', 404, JSON_HEADERS, '/mcp/__proto__'],
    ['GET', 431, { accept: 'text/event-stream', 'x-long': 'a'.repeat(40_000) }],
  ];
  for (const [method, expected, headers, path] of statuses) {
    const { status } = await ask(path === undefined ? url : `${gateway.root}${path}`, {
      method,
      headers,
      body: method === 'POST' && expected !== 413 ? body : '',
    });
    assert.equal(status, expected, `${method} ${path ?? ''} ${JSON.stringify(headers).slice(0, 80)}`);
  }
  assert.equal(server.requests.length, 0);
  assert.equal((await ask(`${gateway.root}/mcp`, { headers: JSON_HEADERS, body })).status, 200);
});

test('a body that is cut off reaches nobody', async (t) => {
  const { gateway, server } = await behind(t);
  const { hostname, port, pathname } = new URL(gateway.url());
  const body = JSON.stringify(call(1, 'read'));
  const socket = connect(Number(port), hostname);
  const head = Object.entries(JSON_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
  const host = `host: ${hostname}:${port}\r\n`;
  socket.end(`POST ${pathname} HTTP/1.1\r\n${host}${head.join('')}content-length: ${body.length + 1}\r\n\r\n${body}`);
  socket.resume();
  await new Promise((resolve) => socket.on('close', resolve));
  await post(gateway.url(), call(2, 'read'));
  assert.equal(server.requests.length, 1);
});
