/** Servers that are programs, offered over HTTP to clients of the revisions that have sessions. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { exchange, openSession } from '../support/http-session.ts';
import { JSON_HEADERS, post, startListener } from '../support/listener-run.ts';
import {
  doing,
  doingUnasked,
  recordIn,
  SCRIPTED,
  SCRIPTED_POLICY,
  saidBy,
  startScripted,
  textIn,
  until,
  untilGone,
} from '../support/scripted.ts';

const request = (id: unknown, method: string, params?: object) => ({
  jsonrpc: '2.0',
  id,
  method,
  ...(params && { params }),
});

test('two clients with the same ids at once have a program each, and get their own answers', async (t) => {
  const { gateway, record } = await startScripted(t);
  const [ann, bob] = await Promise.all([openSession(gateway.url()), openSession(gateway.url())]);
  const slow = ann.post(doing(1, [['hold', 'a']]));
  const quick = await (await bob.post(doing(1, []))).rest();
  assert.equal(quick.length, 1);
  await ann.ask(2, 'tools/call', doing(2, [['release', 'a']]).params);
  const [answer] = await (await slow).rest();
  assert.notEqual(saidBy(answer).pid, saidBy(quick[0]).pid);
  assert.deepEqual(new Set(record.started()), new Set([saidBy(answer).pid, saidBy(quick[0]).pid]));
});

test('an id that is in flight is refused to another request, and the first gets its answer', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const first = client.post(doing(7, [['hold', 'a']]));
  await until(() => record.lines().some((line) => line.includes('"hold"')));
  const [refused] = await (await client.post(doing(7, []))).rest();
  assert.match(refused?.error?.message ?? '', /in flight/);
  await client.ask(8, 'tools/call', doing(8, [['release', 'a']]).params);
  assert.ok(saidBy((await (await first).rest())[0]));
});

test('what the policy does not concern reaches the program byte for byte, and its answer the client', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const odd =
    '{"jsonrpc":"2.0","id":1,"method":"acme/x","params":{"big":12345678901234567890123,"odd":[1.0,1e2],"__proto__":{}}}';
  await (await client.post(odd)).rest();
  assert.ok(record.lines().includes(odd));
  await (await client.post(odd.replaceAll(',', ',\r\n'))).rest();
  assert.ok(record.lines().every((line) => !line.includes('\r')));
});

test('what is denied never reaches the program, alone or in a batch, with an id or without', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const call = (id: unknown) => ({ ...doing(1, []), id, params: { name: 'hidden' } });
  const { id: _, ...without } = call(1);
  assert.match(textIn((await (await client.post(call(1))).rest())[0] ?? {}), /Denied/);
  assert.equal((await client.post(without)).status, 202);
  const batch = await (await client.post([call(2), doing(3, []), without])).rest();
  assert.deepEqual(batch.map(({ id }) => id).sort(), [2, 3]);
  await client.ask('after', 'ping');
  assert.ok(record.lines().every((line) => !line.includes('hidden')));
});

test('tools that the policy hides are in no list, be it as JSON, as an event, or taken up again', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  const names = (result: unknown) => (result as { tools: { name: string }[] }).tools.map(({ name }) => name);
  assert.deepEqual(names((await client.ask(1, 'tools/list')).result), ['do']);
  const stream = await client.post([doing(2, [['say', 'notifications/x', {}]]), request(3, 'tools/list')]);
  const sent = await stream.rest();
  const again = await (await client.listen(stream.firstEventId())).rest();
  for (const messages of [sent, again]) assert.deepEqual(names(messages.find(({ id }) => id === 3)?.result), ['do']);
});

test('notifications and answers are taken with 202, and reach the program', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const note = { jsonrpc: '2.0', method: 'notifications/acme', params: { a: 1 } };
  assert.equal((await client.post(note)).status, 202);
  assert.equal((await client.post([note, { jsonrpc: '2.0', id: 'x', result: {} }])).status, 202);
  await client.ask(1, 'ping');
  assert.equal(record.lines().filter((line) => line.includes('notifications/acme')).length, 2);
});

test('the answers to a batch of the first revision with this transport come together', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url(), { revision: '2025-03-26' });
  const answered = await client.post([doing(1, []), request(2, 'ping'), request(3, 'nonsense')]);
  assert.equal(answered.headers['content-type'], 'application/json');
  const answers = await answered.rest();
  assert.deepEqual(answers.map(({ id }) => id).sort(), [1, 2, 3]);
  assert.equal(answers.find(({ id }) => id === 3)?.error?.code, -32601);
});

test('what the server asks during a request comes on the stream of that request, and the answer reaches it', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  const standalone = await client.listen();
  const stream = await client.post(
    doing(1, [
      ['ask', 'roots/list', {}],
      ['say', 'notifications/x', {}],
    ]),
  );
  const question = await stream.next();
  assert.equal(question?.method, 'roots/list');
  assert.equal((await client.post({ jsonrpc: '2.0', id: question.id, result: { roots: [1] } })).status, 202);
  const rest = await stream.rest();
  assert.deepEqual(
    rest.map(({ method }) => method),
    ['notifications/x', undefined],
  );
  assert.deepEqual(saidBy(rest[1]).answers, [{ roots: [1] }]);
  standalone.hangUp();
});

test('what the server says while no request is open comes on the stream of the session, also what came before that was opened', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  await client.post(doingUnasked([['say', 'notifications/early', {}]]));
  const standalone = await client.listen();
  assert.equal((await standalone.next())?.method, 'notifications/early');
  await client.post(doingUnasked([['ask', 'sampling/createMessage', {}]]));
  assert.equal((await standalone.next())?.method, 'sampling/createMessage');
  assert.equal((await client.listen()).status, 409);
  standalone.hangUp();
});

test('progress is told on the stream of the request it belongs to', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  const meta = (progressToken: string) => ({ progressToken });
  const first = await client.post(
    doing(
      1,
      [
        ['progress', 1],
        ['hold', 'a'],
        ['progress', 2],
      ],
      meta('one'),
    ),
  );
  const second = await client.post(
    doing(
      2,
      [
        ['progress', 1],
        ['release', 'a'],
        ['wait', 200],
      ],
      meta('two'),
    ),
  );
  const tokens = async (stream: typeof first) =>
    (await stream.rest()).filter(({ method }) => method !== undefined).map(({ params }) => params?.progressToken);
  assert.deepEqual(await tokens(second), ['two']);
  assert.deepEqual(await tokens(first), ['one', 'one']);
});

test('a client that lost its connection takes the stream up again where it was, and misses nothing', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  const steps = [
    ['progress', 1],
    ['hold', 'a'],
    ['progress', 2],
  ] as const;
  const stream = await client.post(doing(1, steps, { progressToken: 'mine' }));
  assert.equal((await stream.next())?.params?.progress, 1);
  const seen = stream.lastEventId() ?? '';
  stream.hangUp();
  await client.ask(2, 'tools/call', doing(2, [['release', 'a']]).params);
  const again = await client.listen(seen);
  assert.equal(again.status, 200);
  const rest = await again.rest();
  assert.deepEqual(
    rest.map(({ id, params }) => id ?? params?.progress),
    [2, 1],
  );
  assert.equal((await client.listen(again.lastEventId())).status, 204, 'there is nothing left');
});

test('the stream of the session is taken up again, in the place of one whose end was not noticed', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  const late = (name: string) => client.post(doingUnasked([['say', name, {}]]));
  const standalone = await client.listen();
  await late('notifications/one');
  assert.equal((await standalone.next())?.method, 'notifications/one');
  const again = await client.listen(standalone.lastEventId());
  assert.equal(again.status, 200);
  assert.equal(await standalone.next(), null, 'the one before has ended');
  await late('notifications/two');
  assert.equal((await again.next())?.method, 'notifications/two');
  again.hangUp();
});

test('a request that is cancelled is cancelled at the server, and its stream ends without an answer', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const stream = client.post(doing(1, [['hold', 'a']]));
  await until(() => record.lines().some((line) => line.includes('"hold"')));
  const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
  assert.equal((await client.post(cancel)).status, 202);
  assert.deepEqual(await (await stream).rest(), []);
  await until(() => record.lines().includes(JSON.stringify(cancel)));
});

test('a program that dies: what waits gets an error, the streams end, and the session is over; a new one is opened', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  const standalone = await client.listen();
  const waiting = client.post(doing(1, [['hold', 'a']]));
  await until(() => record.lines().some((line) => line.includes('"hold"')));
  const [dying] = await (await client.post(doing(2, [['exit', 3]]))).rest();
  assert.match(dying?.error?.message ?? '', /ended before it had answered \(exit code 3\)/);
  assert.match((await (await waiting).rest())[0]?.error?.message ?? '', /exit code 3/);
  assert.deepEqual(await standalone.rest(), []);
  assert.equal((await client.post(request(3, 'ping'))).status, 404);
  assert.ok((await openSession(gateway.url())).headers);
});

test('a session that a client ends ends its program', async (t) => {
  const { gateway, record } = await startScripted(t);
  const client = await openSession(gateway.url());
  assert.equal((await client.remove()).status, 204);
  assert.equal((await client.post(request(1, 'ping'))).status, 404);
  await untilGone(record.started());
});

test('a client that hangs up before its session is open leaves no program behind', async (t) => {
  const { gateway, record } = await startScripted(t, { switches: ['--mute'] });
  const hello = exchange(gateway.url(), { body: request(1, 'initialize', { protocolVersion: '2025-11-25' }) });
  await until(() => record.started().length > 0);
  // Its answer never comes.
  const { request: asking } = await import('node:http');
  const second = asking(gateway.url(), { method: 'POST', headers: JSON_HEADERS });
  second.on('error', () => {});
  second.end(JSON.stringify(request(1, 'initialize', { protocolVersion: '2025-11-25' })));
  await until(() => record.started().length > 1);
  const [first, last] = record.started();
  second.destroy();
  await untilGone([last ?? 0]);
  process.kill(first ?? 0, 'SIGKILL');
  const told = await hello;
  assert.equal(told.status, 502);
  assert.match(textIn((await told.rest())[0] ?? {}), /ended by SIGKILL/);
});

test('one program that cannot be started is told with 502, without its secrets, and others are served', async (t) => {
  const secret = 'sk-verysecretverysecret';
  const { gateway } = await startScripted(t, {
    servers: {
      missing: { command: 'no-such-program-at-all', args: ['--api-key', secret], env: { TOKEN: secret } },
      broken: {
        command: process.execPath,
        args: ['-e', `console.error('${secret}'); process.exit(4)`],
        env: { TOKEN: secret },
      },
    },
  });
  const hello = request(1, 'initialize', { protocolVersion: '2025-11-25' });
  const missing = await post(gateway.url('missing'), hello);
  assert.equal(missing.status, 502);
  assert.match(missing.text, /"id":1.*no-such-program-at-all.* was not found/);
  const broken = await post(gateway.url('broken'), hello);
  assert.equal(broken.status, 502);
  assert.match(broken.text, /exit code 4/);
  const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
  const meta = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } };
  const stateless = await post(gateway.url('broken'), request(1, 'tools/list', meta), modern);
  assert.equal(stateless.status, 502);
  const health = await exchange(`${gateway.root}/healthz`, { method: 'GET' });
  const [page] = (await health.rest()) as unknown as { servers: Record<string, { trouble: string | null }> }[];
  const troubled = Object.entries(page?.servers ?? {}).flatMap(([name, { trouble }]) =>
    trouble === null ? [] : [name],
  );
  assert.deepEqual(troubled.sort(), ['broken', 'missing']);
  for (const text of [missing.text, broken.text, stateless.text, JSON.stringify(page)])
    assert.ok(!text.includes(secret));
  assert.ok(await openSession(gateway.url('scripted')));
});

test('what a program says on stderr is told as a line of the log, with its name and without its secrets', async (t) => {
  const secret = 'hunter2-hunter2';
  const says = `process.stderr.write('one ${secret}\\n\\n' + 'x'.repeat(9000) + '\\nthe \\x1b[2Jlast'); process.exit(4)`;
  const gateway = await startListener(t, {
    policy: SCRIPTED_POLICY,
    servers: { telling: { command: process.execPath, args: ['-e', says], env: { TOKEN: secret } } },
  });
  await post(gateway.url('telling'), request(1, 'initialize', { protocolVersion: '2025-11-25' }));
  await until(() => gateway.stderr().includes('last'));
  const lines = gateway
    .stderr()
    .split('\n')
    .filter((line) => line.includes('server-said'));
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)).map(({ server, message }) => [server, message]),
    ['one ***', 'A line of more than 8192 bytes.', 'the \u001b[2Jlast'].map((message) => ['telling', message]),
  );
});

test('what a program was entrusted with stays here, also where it says it', async (t) => {
  const secret = 'hunter2-hunter2';
  const record = recordIn(t);
  const env = { API_KEY: secret, PLAIN: 'not a secret' };
  const telling = { command: process.execPath, args: [SCRIPTED, record.file], env };
  const gateway = await startListener(t, { policy: SCRIPTED_POLICY, servers: { telling } });
  const client = await openSession(gateway.url());
  const steps = [
    ['env', 'API_KEY'],
    ['env', 'PLAIN'],
  ] as const;
  const [answer] = await (await client.post(doing(1, steps))).rest();
  assert.deepEqual(saidBy(answer).answers, ['***', 'not a secret']);
});

test('what is no request of this transport is refused, and starts nothing', async (t) => {
  const { gateway, record } = await startScripted(t);
  const url = gateway.url();
  const hello = request(1, 'initialize', { protocolVersion: '2025-11-25' });
  const refused = async (body: unknown, status: number, headers = {}) =>
    assert.equal((await post(url, body, headers)).status, status);
  await refused(request(1, 'tools/list'), 400);
  await refused([hello, request(2, 'ping')], 400);
  await refused({ id: 1, method: 'initialize' }, 400);
  await refused(request(null, 'initialize'), 400);
  await refused('"text"', 400);
  await refused(request(1, 'ping'), 404, { 'mcp-session-id': 'none' });
  assert.equal((await exchange(url, { method: 'GET' })).status, 400);
  assert.equal((await exchange(url, { method: 'DELETE' })).status, 400);
  assert.deepEqual(record.started(), []);
  const client = await openSession(url);
  assert.equal((await client.post(hello)).status, 400);
  for (const id of [null, {}, [1], true]) assert.equal((await client.post(request(id, 'ping'))).status, 400);
});

test('a session is of the grant that opened it: another one is told what a stranger is told, and a revoked one loses it', async (t) => {
  const { gateway, record } = await startScripted(t);
  const ann = { authorization: `Bearer ${await gateway.grant('ann', '--server', 'scripted')}` };
  const bob = { authorization: `Bearer ${await gateway.grant('bob', '--server', 'scripted')}` };
  let session = await openSession(gateway.url(), { headers: ann }).catch(() => null);
  while (session === null) session = await openSession(gateway.url(), { headers: ann }).catch(() => null);
  const other = await openSession(gateway.url(), { headers: bob });
  const mine = { ...bob, 'mcp-session-id': session.headers['mcp-session-id'] };
  const stranger = await post(gateway.url(), request(1, 'ping'), { ...bob, 'mcp-session-id': 'none' });
  const thief = await post(gateway.url(), request(1, 'ping'), mine);
  assert.deepEqual([thief.status, thief.text], [stranger.status, stranger.text]);
  assert.equal((await exchange(gateway.url(), { method: 'GET', headers: mine })).status, 404);
  assert.equal((await exchange(gateway.url(), { method: 'DELETE', headers: mine })).status, 404);
  const stream = await session.listen();
  await gateway.cli('grant', 'revoke', 'ann');
  await stream.rest();
  await untilGone(record.started().slice(0, 1));
  assert.equal((await session.post(request(2, 'ping'))).status, 401);
  assert.ok((await other.ask(3, 'ping')).result);
});

test('a changed policy holds from the next call, and the list is told to have changed', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  await client.ask(1, 'tools/list');
  const standalone = await client.listen();
  writeFileSync(gateway.policyFile(), JSON.stringify({ ...SCRIPTED_POLICY, hide: ['do', 'hidden'] }));
  assert.equal((await standalone.next())?.method, 'notifications/tools/list_changed');
  assert.match(textIn(await client.ask(2, 'tools/call', { name: 'do' })), /Denied/);
  standalone.hangUp();
});

const ASKING = {
  ...SCRIPTED_POLICY,
  tools: { do: { require_approval: [{ conditions: [], on_deny: 'A person has to agree.' }] } },
};

test('a person is asked through the client, on the stream of the call', async (t) => {
  const { gateway, record } = await startScripted(t, { policy: ASKING });
  const client = await openSession(gateway.url(), { capabilities: { elicitation: {} } });
  const stream = await client.post(doing(1, []));
  const form = await stream.next();
  assert.equal(form?.method, 'elicitation/create');
  assert.ok(record.lines().every((line) => !line.includes('tools/call')));
  const { requestedSchema } = form.params as {
    requestedSchema: { properties: Record<string, { enum?: string[]; oneOf?: { const: string }[] }> };
  };
  const [[key, choice] = []] = Object.entries(requestedSchema.properties);
  const once = choice?.enum?.[0] ?? choice?.oneOf?.[0]?.const;
  await client.post({ jsonrpc: '2.0', id: form.id, result: { action: 'accept', content: { [key ?? '']: once } } });
  assert.ok(saidBy((await stream.rest()).at(-1)));
});

test('a client that hangs up while a person is asked withdraws its call', async (t) => {
  const { gateway, record } = await startScripted(t, { policy: ASKING });
  const client = await openSession(gateway.url());
  const stream = await client.post(doing(1, []));
  const pending = async () => (await gateway.cli('approvals', '--json')).stdout;
  while (!(await pending()).includes('"do"'));
  stream.hangUp();
  while ((await pending()).includes('"do"'));
  await client.ask(2, 'ping');
  assert.ok(record.lines().every((line) => !line.includes('tools/call')));
});

test('an answer of several megabytes arrives whole, as JSON and as an event', async (t) => {
  const { gateway } = await startScripted(t);
  const client = await openSession(gateway.url());
  for (const steps of [[], [['say', 'notifications/x', {}]]] as const) {
    const answered = await client.post(doing(steps.length, [...steps, ['big', 9_000_000]]));
    assert.equal((saidBy((await answered.rest()).at(-1)).answers[0] as string).length, 9_000_000);
  }
});

test('the end of the gateway is the end of its programs, however stubborn: by a signal, and by a kill', async (t) => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const { gateway, record } = await startScripted(t, { switches: ['--stubborn'] });
    const client = await openSession(gateway.url());
    const stream = await client.listen();
    await openSession(gateway.url());
    gateway.child.kill(signal);
    await stream.rest();
    await untilGone(record.started());
    assert.equal(record.started().length, 2);
    await gateway.exited;
  }
});
