/** How much of programs one gateway takes on. */
import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamEvent } from '../../src/gateway/http/event-reader.ts';
import type { EventStream } from '../../src/gateway/http/event-stream.ts';
import type { ListenerLimits } from '../../src/gateway/http/listener-limits.ts';
import { createEventLog } from '../../src/gateway/http/program/event-log.ts';
import { openBoundedListener } from '../support/bounded-listener.ts';
import { type Exchange, exchange, openSession } from '../support/http-session.ts';
import { JSON_HEADERS } from '../support/listener-run.ts';
import {
  doing,
  type Record,
  recordIn,
  SCRIPTED,
  SCRIPTED_POLICY,
  saidBy,
  until,
  untilGone,
} from '../support/scripted.ts';

interface Bounded {
  readonly url: string;
  readonly record: Record;
}

async function bounded(
  t: TestContext,
  limits: Partial<ListenerLimits>,
  switches: readonly string[] = [],
): Promise<Bounded> {
  const record = recordIn(t);
  const args = [SCRIPTED, record.file, ...switches];
  const spec = { kind: 'stdio' as const, name: 'scripted', command: process.execPath, args, env: {} };
  return { ...(await openBoundedListener(t, { spec, policy: SCRIPTED_POLICY, limits })), record };
}

test('no more programs run than may: a session in use is never ended for another, an idle one is', async (t) => {
  const { url, record } = await bounded(t, { maxPrograms: 2 });
  const streams: Exchange[] = [];
  const [first, second] = [await openSession(url), await openSession(url)];
  for (const session of [first, second]) streams.push(await session.listen());
  const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25' } };
  const refused = await exchange(url, { body: hello });
  assert.equal(refused.status, 503);
  assert.ok(refused.headers['retry-after']);
  assert.equal(record.started().length, 2);
  streams[0]?.hangUp();
  let third = await openSession(url).catch(() => null);
  while (third === null) third = await openSession(url).catch(() => null);
  assert.equal((await first.post(doing(1, []))).status, 404);
  assert.ok(saidBy((await (await second.post(doing(1, []))).rest())[0]));
  await untilGone(record.started().slice(0, 1));
  streams[1]?.hangUp();
});

test('as many sessions as may be are opened at once, and no more', async (t) => {
  const { url, record } = await bounded(t, { maxPrograms: 3 }, ['--mute']);
  const hello = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25' } };
  const refused: number[] = [];
  const hellos = Array.from({ length: 5 }, async () => {
    const { status } = await exchange(url, { body: hello });
    refused.push(status);
  });
  await until(() => refused.length === 2);
  assert.deepEqual(refused, [503, 503]);
  await until(() => record.started().length === 3);
  for (const id of record.started()) process.kill(id, 'SIGKILL');
  await Promise.all(hellos);
});

test('a session that nobody uses ends, and its program with it; one that is listened to stays', async (t) => {
  const { url, record } = await bounded(t, { sessionIdleMs: 300 });
  const idle = await openSession(url);
  const used = await openSession(url);
  const stream = await used.listen();
  await untilGone(record.started().slice(0, 1));
  assert.equal((await idle.post(doing(1, []))).status, 404);
  assert.ok(saidBy((await (await used.post(doing(1, []))).rest())[0]));
  stream.hangUp();
});

test('the program that all share ends when nobody has asked it anything for long, and is started again', async (t) => {
  const { url, record } = await bounded(t, { sessionIdleMs: 500 }, ['--stateless']);
  const meta = { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } };
  const ask = async () => {
    const answered = await exchange(url, {
      headers: { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'ping' },
      body: { jsonrpc: '2.0', id: 1, method: 'ping', params: meta },
    });
    return (await answered.rest())[0]?.result;
  };
  assert.ok(await ask());
  await untilGone(record.started());
  assert.ok(await ask());
  assert.equal(record.started().length, 2);
});

test('so many requests of a session may wait, and the bound of one is not that of another', async (t) => {
  const { url } = await bounded(t, {});
  const [ann, bob] = await Promise.all([openSession(url), openSession(url)]);
  const holding = (batch: number) => Array.from({ length: 500 }, (_, at) => doing(`${batch}-${at}`, [['hold', at]]));
  const streams = [await ann.post(holding(1)), await ann.post(holding(2))];
  assert.equal((await ann.post(doing('one more', []))).status, 503);
  assert.ok(saidBy((await (await bob.post(doing(1, []))).rest())[0]));
  for (const stream of streams) stream.hangUp();
});

/** A client that listens, and what it was sent. */
function listener(): { readonly stream: EventStream; readonly sent: StreamEvent[] } {
  const sent: StreamEvent[] = [];
  const send = async (event: StreamEvent) => sent.push(event) > 0;
  return { sent, stream: { isOpen: () => true, send, end() {}, onClose() {} } };
}

test('of what a session says while nobody listens only the last is kept, by number and by size', () => {
  const many = createEventLog();
  for (let at = 0; at < 1100; at += 1) void many.standalone.push(String(at));
  const large = createEventLog();
  for (let at = 0; at < 5; at += 1) void large.standalone.push(`${at}${'x'.repeat(1024 * 1024 - 1)}`);
  for (const [log, first, last] of [
    [many, '100', '1099'],
    [large, '3', '4'],
  ] as const) {
    const { stream, sent } = listener();
    log.standalone.attach(stream);
    assert.match(sent[0]?.data ?? '', new RegExp(`^${first}`));
    assert.match(sent.at(-1)?.data ?? '', new RegExp(`^${last}`));
  }
});

test('answers that nobody took up again are forgotten with the rest', () => {
  const log = createEventLog();
  const answered = log.open();
  const primer = answered.primer() ?? '';
  void answered.push('answer');
  answered.finish();
  assert.equal(log.after(primer)?.outlet.isOver(1), false);
  for (let at = 0; at < 1000; at += 1) void log.standalone.push('later');
  assert.equal(log.after(primer), null);
  const silent = log.open();
  const first = silent.primer() ?? '';
  silent.finish();
  assert.equal(log.after(first)?.outlet, silent);
  for (let at = 0; at < 1000; at += 1) log.open();
  assert.equal(log.after(first), null);
});

/** Opens an exchange whose client reads nothing of it. */
function unread(url: string, headers: object, body: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent: false, headers: { ...JSON_HEADERS, ...headers } }, resolve);
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}

const flood = Array.from({ length: 40 }, () => ['progress', 'x'.repeat(1_000_000)] as const);

test('a client that reads nothing is cut off, and its session goes on', async (t) => {
  const { url } = await bounded(t, { stallTimeoutMs: 300 });
  const session = await openSession(url);
  const stalled = await unread(url, session.headers, doing(1, flood, { progressToken: 1 }));
  const answer = await session.ask(2, 'tools/call', doing(2, []).params);
  assert.ok(saidBy(answer));
  await assert.rejects(stalled.toArray(), /aborted/);
});

test('a client that reads nothing holds up no other where all share a program', async (t) => {
  const { url } = await bounded(t, {}, ['--stateless']);
  const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'do' };
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', progressToken: 1 };
  const stalled = await unread(url, headers, doing(1, [...flood, ['hold', 'a']], meta));
  const answered = await exchange(url, { headers, body: doing(1, [], { ...meta, progressToken: undefined }) });
  assert.ok(saidBy((await answered.rest())[0]));
  await assert.rejects(stalled.toArray(), /aborted/);
});

test('what a program does not read is not kept without end', async (t) => {
  const version = '2026-07-28';
  const meta = { 'io.modelcontextprotocol/protocolVersion': version };
  const message = { jsonrpc: '2.0', method: 'notifications/do', params: { _meta: meta, steps: [['deaf']] } };
  const headers = { 'mcp-protocol-version': version, 'mcp-method': message.method };
  const stateless = await bounded(t, { maxBodyBytes: 100_000 }, ['--stateless']);
  const stateful = await bounded(t, { maxBodyBytes: 100_000 });
  const session = await openSession(stateful.url);
  const larger = 'x'.repeat(90_000);
  for (const [url, all] of [
    [stateless.url, headers],
    [stateful.url, session.headers],
  ] as const) {
    const params = url === stateless.url ? message.params : { steps: [['deaf']] };
    const say = (more: object) => exchange(url, { headers: all, body: { ...message, params: { ...params, ...more } } });
    assert.equal((await say({})).status, 202);
    const refusals: Exchange[] = [];
    const take = (sent: Exchange): void => void (sent.status !== 202 && refusals.push(sent));
    for (; refusals.length === 0; await sleep(10)) void say({ larger }).then(take, () => {});
    const [refused] = refusals;
    assert.deepEqual([refused?.status, refused?.headers['retry-after']], [503, '1']);
  }
});
