/** What one grant may take of a listener that several share. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type TestContext, test } from 'node:test';
import type { ListenerLimits } from '../../src/gateway/http/listener-limits.ts';
import { openBoundedRelay } from '../support/bounded-listener.ts';
import { type Exchange, exchange, openSession } from '../support/http-session.ts';
import { JSON_HEADERS, post } from '../support/listener-run.ts';
import { answerEvents, type Instead, type RecordingHttp } from '../support/recording-http.ts';
import { doing, saidBy, startScripted, until } from '../support/scripted.ts';

const authorization = (token: string) => ({ authorization: `Bearer ${token}` });

const HELLO = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25' } };

test('a grant that opens sessions with a program until it gets no more leaves programs for the others', async (t) => {
  const { gateway, record } = await startScripted(t);
  const url = gateway.url();
  const alice = authorization(await gateway.grant('alice', '--server', 'scripted'));
  const bob = authorization(await gateway.grant('bob', '--server', 'scripted'));
  const streams: Exchange[] = [];
  const openOne = async (): Promise<boolean> => {
    const session = await openSession(url, { headers: alice }).catch(() => null);
    if (session !== null) streams.push(await session.listen());
    return session !== null;
  };
  while ((await Promise.all([1, 2, 3, 4].map(openOne))).every(Boolean));
  const refused = await exchange(url, { headers: alice, body: HELLO });
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
  assert.equal(record.started().length, 24);
  const session = await openSession(url, { headers: bob });
  assert.ok(saidBy((await (await session.post(doing(1, []))).rest())[0]));
  for (const stream of streams) stream.hangUp();
});

interface Shared {
  readonly url: string;
  readonly server: RecordingHttp;
  readonly alice: object;
  readonly bob: object;
}

async function shared(t: TestContext, limits: Partial<ListenerLimits>, instead?: Instead): Promise<Shared> {
  const { url, server, store } = await openBoundedRelay(t, limits, instead);
  const granted = async (label: string) => {
    const { token = '' } = (await store.grants.add({ label, servers: ['recorder'], policy: null })) ?? {};
    return authorization(token);
  };
  return { url, server, alice: await granted('alice'), bob: await granted('bob') };
}

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

test('a grant whose requests hang leaves room for requests of the others, and gets its own back', async (t) => {
  const { url, server, alice, bob } = await shared(t, { maxExchanges: 4 }, ({ body }) => body.includes('"slow"'));
  const hanging = [1, 2, 3].map(() => {
    const asked = request(url, { method: 'POST', headers: { ...JSON_HEADERS, ...alice } }).on('error', () => {});
    asked.end(JSON.stringify({ ...PING, method: 'slow' }));
    return asked;
  });
  await until(() => server.requests.length === 3);
  const refused = await post(url, PING, alice);
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
  assert.equal((await post(url, PING, bob)).status, 200);
  for (const asked of hanging) asked.destroy();
  while ((await post(url, PING, alice)).status !== 200);
});

test('a grant that sends large bodies slowly leaves room for the bodies of the others', async (t) => {
  const { url, alice, bob } = await shared(t, { maxBodyBytes: 1000, maxBufferedBytes: 2000 });
  const large = { ...PING, params: { text: 'a'.repeat(400) } };
  const slow = [1, 2].map(() => {
    const headers = { ...JSON_HEADERS, ...alice, 'content-length': 800 };
    const asked = request(url, { method: 'POST', headers }).on('error', () => {});
    asked.write('a'.repeat(700));
    return asked;
  });
  while ((await post(url, large, alice)).status === 200);
  assert.equal((await post(url, large, bob)).status, 200);
  for (const asked of slow) asked.destroy();
});

test('a grant whose sessions are all in use gets no more, and the others get theirs', async (t) => {
  const { url, alice, bob } = await shared(
    t,
    { maxSessions: 4 },
    ({ method }, response) => method === 'GET' && answerEvents(response, ': hello\n\n', { end: false }),
  );
  const streams: Exchange[] = [];
  for (let at = 0; at < 3; at += 1) {
    const { headers } = await post(url, HELLO, alice);
    const session = { ...alice, 'mcp-session-id': headers['mcp-session-id'] };
    streams.push(await exchange(url, { method: 'GET', headers: session }));
  }
  assert.equal((await post(url, HELLO, alice)).status, 503);
  assert.equal((await post(url, HELLO, bob)).status, 200);
  for (const stream of streams) stream.hangUp();
});
