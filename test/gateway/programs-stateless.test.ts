/** Servers that are programs, offered over HTTP to clients of the revision without sessions: all share one program. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type Exchange, exchange, openSession } from '../support/http-session.ts';
import { JSON_HEADERS, startListener } from '../support/listener-run.ts';
import {
  doing,
  SCRIPTED_POLICY,
  type Step,
  saidBy,
  startScripted,
  textIn,
  until,
  untilGone,
} from '../support/scripted.ts';

const REVISION = '2026-07-28';
const VERSION = 'io.modelcontextprotocol/protocolVersion';
const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
const STATELESS = { switches: ['--stateless'] };

interface Asked {
  readonly id: number | string;
  readonly method: string;
  readonly params?: object;
  readonly meta?: object;
  readonly headers?: object;
}

const headersOf = (method: string, name?: string) => ({
  'mcp-protocol-version': REVISION,
  'mcp-method': method,
  ...(name !== undefined && { 'mcp-name': name }),
});

const ask = (url: string, { id, method, params = {}, meta = {}, headers = {} }: Asked): Promise<Exchange> =>
  exchange(url, {
    headers: { ...headersOf(method, (params as { name?: string }).name), ...headers },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: { [VERSION]: REVISION, ...meta } } },
  });

const call = (url: string, id: number | string, steps: readonly Step[], more: Partial<Asked> = {}) =>
  ask(url, { id, method: 'tools/call', params: { name: 'do', arguments: { steps } }, ...more });

test('clients of the revision without sessions share one program, which is started for the first of them', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  assert.deepEqual(record.started(), []);
  const pids = await Promise.all(
    [1, 1, 1].map(async (id) => saidBy((await (await call(gateway.url(), id, [])).rest())[0]).pid),
  );
  assert.deepEqual(record.started(), [pids[0]]);
  assert.deepEqual(new Set(pids).size, 1);
});

test('the client of the SDK for this revision lists and calls', async (t) => {
  const program = fileURLToPath(new URL('../support/stateless-server.js', import.meta.url));
  const gateway = await startListener(t, {
    servers: { items: { command: process.execPath, args: [program, 'stdio'] } },
    policy: { version: '1', default: 'deny', hide: ['delete_item'], tools: { get_item: {} } },
  });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: { pin: REVISION } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(gateway.url())));
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['get_item'],
  );
  assert.deepEqual((await client.callTool({ name: 'get_item', arguments: { id: '1' } })).content, []);
  const denied = await client.callTool({ name: 'delete_item', arguments: { id: '1' } });
  assert.ok(denied.isError);
  await client.close();
});

test('the same ids and progress tokens of two callers at once never meet', async (t) => {
  const { gateway } = await startScripted(t, STATELESS);
  const meta = { progressToken: 'same' };
  const slow = await call(
    gateway.url(),
    1,
    [
      ['progress', 1],
      ['hold', 'a'],
      ['progress', 2],
    ],
    { meta },
  );
  const quick = await call(
    gateway.url(),
    1,
    [
      ['progress', 10],
      ['release', 'a'],
    ],
    { meta },
  );
  const seen = async (stream: Exchange) =>
    (await stream.rest()).map(({ id, params }) => id ?? [params?.progressToken, params?.progress]);
  assert.deepEqual(await seen(quick), [['same', 10], 1]);
  assert.deepEqual(await seen(slow), [['same', 1], ['same', 2], 1]);
});

test('what a client sends reaches the program as it was written, but for its ids; so does what is answered', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const body = `{"jsonrpc":"2.0","id":"a\\u0062","method":"ping","params":{"big":12345678901234567890123,"_meta":{"${VERSION}":"${REVISION}","odd":1.0}}}`;
  const [answer] = await (await exchange(gateway.url(), { headers: headersOf('ping'), body })).rest();
  assert.deepEqual(answer, { jsonrpc: '2.0', id: 'ab', result: {} });
  const reached = record.lines().find((line) => line.includes('"big"')) ?? '';
  assert.equal(reached.replace(/"id":\d+/, '"id":"a\\u0062"'), body);
});

test('a client that hangs up cancels its request, under the id that the program knows', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const steps = [
    ['progress', 1],
    ['hold', 'a'],
  ] as const;
  const stream = await call(gateway.url(), 'mine', steps, { meta: { progressToken: 1 } });
  stream.hangUp();
  await until(() => record.lines().some((line) => line.includes('notifications/cancelled')));
  const ids = record.lines().flatMap((line) => {
    const { id, params } = line.startsWith('{') ? JSON.parse(line) : {};
    return line.includes('"hold"') ? [id] : line.includes('cancelled') ? [params.requestId] : [];
  });
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
});

test('no client can cancel, or answer, for another', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const held = call(gateway.url(), 1, [['hold', 'a']]);
  await until(() => record.lines().some((line) => line.includes('"hold"')));
  for (const requestId of [1, 2, 3])
    assert.equal(
      (
        await exchange(gateway.url(), {
          headers: headersOf('notifications/cancelled'),
          body: { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } },
        })
      ).status,
      202,
    );
  const answered = await exchange(gateway.url(), {
    headers: { 'mcp-protocol-version': REVISION },
    body: { jsonrpc: '2.0', id: 'question-1', result: {} },
  });
  assert.equal(answered.status, 400);
  await (await call(gateway.url(), 2, [['release', 'a']])).rest();
  assert.ok(saidBy((await (await held).rest())[0]));
  assert.ok(record.lines().every((line) => !line.includes('cancelled') && !line.includes('question')));
});

test('each subscription is told of changes under its own id, on its own stream, until its client hangs up', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const listen = () =>
    ask(gateway.url(), {
      id: 5,
      method: 'subscriptions/listen',
      params: { notifications: { toolsListChanged: true } },
    });
  const ofMessage = (message: Awaited<ReturnType<Exchange['next']>>) => [
    message?.method,
    (message?.params?._meta as Record<string, unknown> | undefined)?.[SUBSCRIPTION],
  ];
  const [ann, bob] = await Promise.all([listen(), listen()]);
  for (const stream of [ann, bob])
    assert.deepEqual(ofMessage(await stream.next()), ['notifications/subscriptions/acknowledged', 5]);
  await (await call(gateway.url(), 1, [['change']])).rest();
  for (const stream of [ann, bob])
    assert.deepEqual(ofMessage(await stream.next()), ['notifications/tools/list_changed', 5]);
  await (await ask(gateway.url(), { id: 2, method: 'tools/list' })).rest();
  writeFileSync(gateway.policyFile(), JSON.stringify({ ...SCRIPTED_POLICY, hide: [] }));
  assert.deepEqual(ofMessage(await ann.next()), ['notifications/tools/list_changed', 5]);
  ann.hangUp();
  await until(() => record.lines().some((line) => line.includes('notifications/cancelled')));
  await (await call(gateway.url(), 1, [['change']])).rest();
  await bob.next();
  assert.deepEqual(ofMessage(await bob.next()), ['notifications/tools/list_changed', 5]);
  bob.hangUp();
});

test('a list that was filtered is for this caller alone', async (t) => {
  const { gateway } = await startScripted(t, STATELESS);
  const [list] = await (await ask(gateway.url(), { id: 1, method: 'tools/list' })).rest();
  assert.ok(list?.result);
  assert.equal(list.result.cacheScope, 'private');
  const { tools } = list.result as { tools: { name: string }[] };
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['do'],
  );
});

test('an answer that asks for more passes as it is, and the next round with it', async (t) => {
  const { gateway } = await startScripted(t, STATELESS);
  const [first] = await (await call(gateway.url(), 1, [['more']])).rest();
  assert.deepEqual(first?.result, { resultType: 'input_required', inputRequests: {}, requestState: 'round-1' });
  const params = { name: 'do', arguments: { steps: [['more']] }, inputResponses: {}, requestState: 'round-1' };
  const [second] = await (await ask(gateway.url(), { id: 2, method: 'tools/call', params })).rest();
  assert.ok(saidBy(second));
});

test('a server that asks a client, as it could before, is told that nobody answers', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const messages = await (await call(gateway.url(), 1, [['ask', 'roots/list', {}]])).rest();
  assert.deepEqual(
    messages.map(({ id }) => id),
    [1],
  );
  assert.ok(record.lines().some((line) => line.includes('"question-1"') && line.includes('-32601')));
});

test('what the program logs comes to the one request that wants logs, and to none where it could be of two', async (t) => {
  const { gateway } = await startScripted(t, STATELESS);
  const meta = { 'io.modelcontextprotocol/logLevel': 'debug' };
  const log = ['say', 'notifications/message', { level: 'info', data: 'x' }] as const;
  const methods = async (stream: Exchange) => (await stream.rest()).map(({ method }) => method);
  assert.deepEqual(await methods(await call(gateway.url(), 1, [log], { meta })), ['notifications/message', undefined]);
  assert.deepEqual(await methods(await call(gateway.url(), 1, [log])), [undefined]);
  const other = call(gateway.url(), 2, [['hold', 'a']], { meta });
  await (await call(gateway.url(), 3, [['wait', 50]])).rest();
  assert.deepEqual(await methods(await call(gateway.url(), 4, [log, ['release', 'a']], { meta })), [undefined]);
  assert.deepEqual(await methods(await other), [undefined]);
});

test('a program that dies: what waits gets an error, and the next request is served by a new one', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const [before] = await (await call(gateway.url(), 1, [])).rest();
  const waiting = call(gateway.url(), 1, [['hold', 'a']]);
  await until(() => record.lines().some((line) => line.includes('"hold"')));
  const dying = await call(gateway.url(), 1, [['exit', 9]]);
  assert.match(textIn((await dying.rest())[0] ?? {}), /exit code 9/);
  assert.match(textIn((await (await waiting).rest())[0] ?? {}), /exit code 9/);
  const [after] = await (await call(gateway.url(), 1, [])).rest();
  assert.notEqual(saidBy(after).pid, saidBy(before).pid);
  assert.equal(record.started().length, 2);
});

const ASKING = {
  ...SCRIPTED_POLICY,
  tools: { do: { require_approval: [{ conditions: [], on_deny: 'A person has to agree.' }] } },
};

test('a call that a person lets through in another terminal is made; one whose client hangs up is withdrawn', async (t) => {
  const { gateway, record } = await startScripted(t, { ...STATELESS, policy: ASKING });
  const pending = async (): Promise<string[]> => {
    const { stdout } = await gateway.cli('approvals', '--json');
    return stdout === '' ? [] : (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
  };
  const asked = call(gateway.url(), 1, []);
  let [id] = await pending();
  while (id === undefined) [id] = await pending();
  assert.ok(record.lines().every((line) => !line.includes('tools/call')));
  await gateway.cli('approvals', 'approve', id);
  assert.ok(saidBy((await (await asked).rest())[0]));
  const impatient = request(gateway.url(), {
    method: 'POST',
    headers: { ...JSON_HEADERS, ...headersOf('tools/call', 'do') },
  });
  impatient.on('error', () => {});
  impatient.end(JSON.stringify(doing(2, [], { [VERSION]: REVISION })));
  while ((await pending()).length === 0);
  impatient.destroy();
  while ((await pending()).length > 0);
  assert.equal(record.lines().filter((line) => line.includes('tools/call')).length, 1);
});

test('errors of the protocol have the status that the revision gives them', async (t) => {
  const { gateway } = await startScripted(t, STATELESS);
  const unknown = await ask(gateway.url(), { id: 1, method: 'acme/none' });
  assert.equal(unknown.status, 404);
  assert.equal((await unknown.rest())[0]?.error?.code, -32601);
  for (const [code, status] of [
    [-32021, 400],
    [-32602, 200],
    [-1, 200],
  ] as const)
    assert.equal((await call(gateway.url(), 1, [['fail', code]])).status, status);
});

test('a program of the era of sessions is found out without a call, and clients of both eras go on with it', async (t) => {
  const { gateway, record } = await startScripted(t);
  const refused = await call(gateway.url(), 1, []);
  assert.equal(refused.status, 400);
  assert.ok(record.lines().every((line) => !line.includes('tools/call')));
  await untilGone(record.started());
  await call(gateway.url(), 1, []);
  assert.equal(record.started().length, 1, 'it is asked once');
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(gateway.url())));
  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map(({ name }) => name),
    ['do'],
  );
  await client.close();
});

for (const [what, flag] of [
  ['says nothing to', '--unready'],
  ['ends at', '--fragile'],
] as const)
  test(`a program that ${what} what it does not know is found to be of the era of sessions`, async (t) => {
    const { gateway, record } = await startScripted(t, { switches: [flag] });
    assert.equal((await call(gateway.url(), 1, [])).status, 400);
    await untilGone(record.started());
    assert.ok((await openSession(gateway.url())).headers);
  });

test('a program of the revision without sessions says so to a client that wants one', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  await assert.rejects(openSession(gateway.url()), /-32022/);
  await untilGone(record.started());
});

test('a revoked grant loses what it has open', async (t) => {
  const { gateway, record } = await startScripted(t, STATELESS);
  const headers = { authorization: `Bearer ${await gateway.grant('ann', '--server', 'scripted')}` };
  const listening = { id: 1, method: 'subscriptions/listen', params: { notifications: {} }, headers };
  const stream = await ask(gateway.url(), listening);
  await stream.next();
  await gateway.cli('grant', 'revoke', 'ann');
  await stream.rest();
  await until(() => record.lines().some((line) => line.includes('notifications/cancelled')));
});

test('the end of the gateway is the end of the program that all share, however stubborn', async (t) => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const { gateway, record } = await startScripted(t, { switches: ['--stateless', '--stubborn'] });
    await (await call(gateway.url(), 1, [])).rest();
    gateway.child.kill(signal);
    await untilGone(record.started());
  }
});
