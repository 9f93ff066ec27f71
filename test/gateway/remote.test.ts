/** A client over stdio in front of a server that is reached over HTTP. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { GATEWAY_POLICY, type GatewayRun, type Message, startGateway } from '../support/gateway-run.ts';
import { type Asked, answerTo, type RemoteByHand, startRemote, stream } from '../support/remote-by-hand.ts';

const textOf = ({ result, error }: Message): string => result?.content?.[0]?.text ?? error?.message ?? '';
const call = (gateway: GatewayRun, id: number | string, name = 'read'): Promise<Message> =>
  gateway.ask(id, 'tools/call', { name });

const startFor = (t: TestContext, { url }: RemoteByHand, flags: readonly string[] = []): GatewayRun =>
  startGateway(t, { flags, target: [url] });

const namesIn = ({ result }: Message): string[] =>
  (result as unknown as { tools: { name: string }[] }).tools.map(({ name }) => name);

/** Shakes hands as a client does. */
async function initialize(gateway: GatewayRun): Promise<void> {
  const clientInfo = { name: 'test', version: '1' };
  await gateway.ask('hello', 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
  gateway.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
}

test('an allowed call is made, a denied one is not, and hidden tools are not listed', async (t) => {
  const remote = await startRemote();
  const gateway = startFor(t, remote);
  await initialize(gateway);
  assert.equal(textOf(await call(gateway, 1)), 'did read');
  assert.match(textOf(await call(gateway, 2, 'delete_all')), /Denied by policy/);
  assert.deepEqual(namesIn(await gateway.ask(3, 'tools/list')), ['read', 'pay']);
  assert.equal(await gateway.end(), 0);
  assert.deepEqual(
    remote.calls().map(({ params }) => params.name),
    ['read'],
  );
});

const ODD = [
  '{"jsonrpc":"2.0","id":1,"method":"acme/extension","params":{"big":12345678901234567890123,"odd":[1.0,1e2]}}',
  ' { "id" : "a" , "method":"ping" , "jsonrpc":"2.0" } ',
  '{"jsonrpc":"2.0","method":"notifications/acme","params":{"__proto__":{"a":1},"constructor":null}}',
  '{"jsonrpc":"2.0","id":7,"result":{"roots":[]}}',
  '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read","arguments":{"n":9007199254740993,"\\u0061":"\\/"}}}',
];

test('what the policy does not concern reaches the server byte for byte, and what it says the client', async (t) => {
  const said = '{"jsonrpc" : "2.0", "id":2, "result":{"big":12345678901234567890123,"content":[]}}';
  const remote = await startRemote(({ method, body }, response) => {
    // Batches and odd spaces are JSON as well.
    if (method !== 'tools/call') return false;
    assert.ok(body.includes('9007199254740993'));
    stream(response, `data: {"jsonrpc" : "2.0",\ndata: "id":2, "result":{"big":12345678901234567890123,"content":[]}}`);
    response.end();
    return true;
  });
  const gateway = startFor(t, remote);
  for (const line of ODD) gateway.write(`${line}\n`);
  for (const id of [1, 'a', 2]) await gateway.next((message) => message.id === id);
  await gateway.end();
  const bodies = remote.asked.map(({ body }) => body.replace(/\n$/, ''));
  assert.deepEqual([...bodies].sort(), [...ODD].sort());
  assert.ok(gateway.stdout().includes(said), gateway.stdout());
});

test('every request says which session and revision it is of, and the server is told when the client has left', async (t) => {
  const remote = await startRemote();
  const gateway = startFor(t, remote, ['--header', 'X-Team: blue']);
  await initialize(gateway);
  await gateway.ask(1, 'tools/list');
  assert.equal(await gateway.end(), 0);
  const [hello, ...others] = remote.asked;
  assert.equal(hello?.headers['mcp-session-id'], undefined);
  assert.deepEqual(others.map(({ http, method }) => `${http} ${method}`).sort(), [
    ...['DELETE ', 'GET ', 'POST notifications/initialized', 'POST tools/list'],
  ]);
  assert.equal(others.at(-1)?.http, 'DELETE');
  for (const { headers } of others)
    assert.deepEqual([headers['mcp-session-id'], headers['mcp-protocol-version']], ['session-1', '2025-06-18']);
  for (const { headers } of remote.asked) assert.equal(headers['x-team'], 'blue');
});

test('a client that does not wait for the handshake has its messages sent after it', async (t) => {
  const slow: ServerResponse[] = [];
  const remote = await startRemote((asked, response) => {
    if (asked.method !== 'initialize' && asked.method !== 'notifications/initialized') return false;
    slow.push(response);
    setTimeout(() => {
      response.setHeader('mcp-session-id', 'late');
      if (asked.id === undefined) response.writeHead(202).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(answerTo(asked));
    }, 100);
    return true;
  });
  const gateway = startFor(t, remote);
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  gateway.send(
    { jsonrpc: '2.0', id: 0, method: 'initialize', params },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read' } },
  );
  assert.equal(textOf(await gateway.next(({ id }) => id === 1)), 'did read');
  const posts = remote.asked.filter(({ http }) => http === 'POST');
  assert.deepEqual(
    posts.map(({ method }) => method),
    ['initialize', 'notifications/initialized', 'tools/call'],
  );
  assert.deepEqual(
    posts.map(({ headers }) => headers['mcp-session-id']),
    [undefined, 'late', 'late'],
  );
});

test('a slow call holds up no other, and its answer still comes when the client has closed its end', async (t) => {
  let finish = (): void => {};
  const remote = await startRemote((asked, response) => {
    if (asked.id !== 'slow') return false;
    stream(
      response,
      'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}',
    );
    finish = () => void response.end(`data: ${answerTo(asked)}\n\n`);
    return true;
  });
  const gateway = startFor(t, remote);
  const slow = call(gateway, 'slow');
  await gateway.next(({ method }) => method === 'notifications/progress');
  assert.equal(textOf(await call(gateway, 2)), 'did read');
  const exit = gateway.end();
  finish();
  assert.equal(textOf(await slow), 'did read');
  assert.equal(await exit, 0);
});

test('what the server says unasked reaches the client, also after its stream broke off, and none of it twice', async (t) => {
  const note = (id: number) =>
    `id: e${id}\nretry: 10\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{"n":${id}}}`;
  const places: unknown[] = [];
  const remote = await startRemote(({ http, headers }, response) => {
    if (http !== 'GET') return false;
    places.push(headers['last-event-id']);
    stream(response, note(places.length));
    if (places.length < 3) setTimeout(() => response.destroy(), 50);
    return true;
  });
  const gateway = startFor(t, remote);
  await initialize(gateway);
  for (const n of [1, 2, 3]) await gateway.next(({ params }) => params?.n === n);
  assert.deepEqual(places, [undefined, 'e1', 'e2']);
  assert.equal(await gateway.end(), 0);
  assert.equal(gateway.stdout().split('notifications/message').length - 1, 3);
});

test('an answer whose stream broke off is taken up where it ended: the call is made once', async (t) => {
  const remote = await startRemote((asked, response) => {
    if (asked.method === 'tools/call') {
      stream(response, 'id: e1\nretry: 10\ndata:');
      response.end();
      return true;
    }
    if (asked.headers['last-event-id'] !== 'e1') return false;
    const [made] = remote.calls();
    assert.ok(made);
    stream(response, `id: e2\ndata: ${answerTo(made)}`);
    response.end();
    return true;
  });
  const gateway = startFor(t, remote);
  await initialize(gateway);
  assert.equal(textOf(await call(gateway, 1)), 'did read');
  assert.equal(remote.calls().length, 1);
});

test('a hidden tool is in no list, whichever way the list comes', async (t) => {
  const later: Asked[] = [];
  let unasked: ServerResponse | undefined;
  const remote = await startRemote((asked, response) => {
    if (asked.http === 'GET' && asked.headers['last-event-id'] === undefined) {
      unasked = response;
      stream(response, ': open');
    } else if (asked.http === 'GET') {
      stream(response, ...later.map((list) => `data: ${answerTo(list)}`));
      response.end();
    } else if (asked.id === 'in events') {
      stream(response, `data: ${answerTo(asked).replaceAll(',', ',\ndata: ')}`);
      response.end();
    } else if (asked.id === 'resumed') {
      later.push(asked);
      stream(response, 'id: e1\nretry: 10\ndata:');
      response.end();
    } else if (asked.id === 'on another stream') {
      stream(response, ': none here');
      unasked?.write(`data: ${answerTo(asked)}\n\n`);
    } else return false;
    return true;
  });
  const gateway = startFor(t, remote);
  await initialize(gateway);
  while (unasked === undefined) await gateway.ask('not open yet', 'ping');
  for (const id of ['as JSON', 'in events', 'resumed', 'on another stream'])
    assert.deepEqual(namesIn(await gateway.ask(id, 'tools/list')), ['read', 'pay'], id);
});

test('a server with sessions is told of a call that the client gave up', async (t) => {
  const remote = await startRemote(({ id }, response) => {
    if (id === 1) stream(response, ': waits');
    return id === 1;
  });
  const gateway = startFor(t, remote);
  await initialize(gateway);
  void call(gateway, 1).catch(() => {});
  while (remote.calls().length === 0) await gateway.ask('on its way', 'ping');
  gateway.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await gateway.ask(2, 'ping');
  while (!remote.asked.some(({ method }) => method === 'notifications/cancelled')) await gateway.ask(3, 'ping');
});

for (const [how, answer] of [
  [
    'as the protocol has it',
    { status: 404, body: '{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}' },
  ],
  [
    'in words',
    {
      status: 400,
      body: '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: No valid session ID provided"}}',
    },
  ],
] as const)
  test(`a session that the server ended, ${how}, is told as such, and the next request begins a new one`, async (t) => {
    const remote = await startRemote(({ headers }, response) => {
      if (headers['mcp-session-id'] !== 'session-1' || remote.calls().length === 0) return false;
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
      return true;
    });
    const gateway = startFor(t, remote);
    await initialize(gateway);
    assert.match(
      textOf(await call(gateway, 1)),
      /has ended the session, .*not carried out.*next request begins a new session/,
    );
    assert.equal(textOf(await call(gateway, 2)), 'did read');
    await gateway.next(({ method }) => method === 'notifications/tools/list_changed');
    const posts = remote.asked.filter(({ http }) => http === 'POST').map(({ method }) => method);
    const hello = ['initialize', 'notifications/initialized'];
    assert.deepEqual(posts, [...hello, 'tools/call', ...hello, 'tools/call']);
    assert.equal(remote.calls()[1]?.headers['mcp-session-id'], 'session-2');
    const answers = gateway
      .stdout()
      .split('\n')
      .filter((line) => line.includes('protocolVersion'));
    assert.equal(answers.length, 1);
    assert.match(gateway.stderr(), /"event":"server-failed".*has ended the session/);
  });

test('credentials go to the one origin that was named, and are taken out of what the server echoes', async (t) => {
  const SECRET = 'sk-1234567890abcdefghij';
  const elsewhere = await startRemote();
  const remote = await startRemote((asked, response) => {
    const text = `You sent ${asked.headers.authorization} and ${JSON.stringify(asked.headers.authorization)}`;
    if (asked.id === 1) response.writeHead(200, { 'content-type': 'application/json' });
    if (asked.id === 1)
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text }] } }));
    else if (asked.id === 2) response.writeHead(307, { location: elsewhere.url }).end();
    else response.writeHead(500, { 'content-type': 'text/plain' }).end(text);
    return true;
  });
  const gateway = startFor(t, remote, ['--header', `Authorization: Bearer ${SECRET}`]);
  assert.match(textOf(await call(gateway, 1)), /You sent /);
  assert.match(textOf(await call(gateway, 2)), /points to another place/);
  assert.match(textOf(await call(gateway, 3)), /HTTP status 500/);
  assert.equal(await gateway.end(), 0);
  assert.ok(remote.calls().every(({ headers }) => headers.authorization === `Bearer ${SECRET}`));
  assert.deepEqual(elsewhere.asked, []);
  assert.ok(!`${gateway.stdout()}${gateway.stderr()}`.includes(SECRET));
});

test('a credential of digits does not break an answer that holds the same number', async (t) => {
  const remote = await startRemote((asked, response) => {
    if (asked.id !== 1) return false;
    const result = { content: [{ type: 'text', text: `key ${asked.headers['x-api-key']}` }], total: 1234567890 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
    return true;
  });
  const gateway = startFor(t, remote, ['--header', 'X-Api-Key: 1234567890']);
  const { result } = await call(gateway, 1);
  assert.deepEqual(result, { content: [{ type: 'text', text: 'key ***' }], total: 1234567890 });
});

test('a signal ends the gateway at once, and the session with it', async (t) => {
  const remote = await startRemote(({ id }) => id === 1);
  const gateway = startFor(t, remote);
  await initialize(gateway);
  void call(gateway, 1).catch(() => {});
  while (remote.calls().length === 0) await gateway.ask(2, 'ping');
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 143);
  assert.equal(remote.asked.at(-1)?.http, 'DELETE');
});

test('a batch is sent as one, without what was denied in it', async (t) => {
  const remote = await startRemote((asked, response) => {
    if (!asked.body.startsWith('[')) return false;
    const answers = (JSON.parse(asked.body) as { id: number }[]).map(({ id }) => ({ jsonrpc: '2.0', id, result: {} }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers));
    return true;
  });
  const gateway = startGateway(t, { policy: GATEWAY_POLICY, target: [remote.url] });
  gateway.write(
    '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_all"}},{"jsonrpc":"2.0","id":3,"method":"ping"}]\n',
  );
  await Promise.all([1, 2, 3].map((id) => gateway.next((message) => message.id === id)));
  assert.doesNotMatch(remote.asked[0]?.body ?? '', /delete_all/);
});
