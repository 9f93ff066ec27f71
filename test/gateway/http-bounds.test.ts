/** What the listener takes on, with bounds small enough to be reached. */
import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBoundedRelay } from '../support/bounded-listener.ts';
import { ask, JSON_HEADERS, post } from '../support/listener-run.ts';
import { answerEvents } from '../support/recording-http.ts';

const call = (name: string, args: object = {}) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
});

function open(url: string, text: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(text);
  return socket;
}

const headOf = (url: string, headers: object, line = 'POST'): string =>
  [`${line} ${new URL(url).pathname} HTTP/1.1`, `host: ${new URL(url).host}`]
    .concat(Object.entries({ ...JSON_HEADERS, ...headers }).map(([name, value]) => `${name}: ${value}`))
    .join('\r\n');

const ended = async (socket: Socket): Promise<string> => {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await new Promise((resolve) => socket.on('close', resolve));
  return Buffer.concat(chunks).toString('utf8');
};

test('a client that does not get on with its headers, or its body, is let go', async (t) => {
  const { url, server } = await openBoundedRelay(t, { headersTimeoutMs: 100, requestTimeoutMs: 200 });
  assert.match(await ended(open(url, headOf(url, {}).slice(0, -5))), /^HTTP\/1\.1 408 /);
  const head = headOf(url, { 'content-length': 100 });
  assert.match(await ended(open(url, `${head}\r\n\r\n{"jsonrpc":`)), /^HTTP\/1\.1 408 |^$/);
  assert.equal(server.requests.length, 0);
});

test('a body that is too large is refused, also where it did not say so, and the connection with it', async (t) => {
  const { url, server } = await openBoundedRelay(t, { maxBodyBytes: 1000 });
  const chunk = `3e8\r\n${'a'.repeat(1000)}\r\n`;
  const socket = open(url, `${headOf(url, { 'transfer-encoding': 'chunked' })}\r\n\r\n${chunk.repeat(3)}`);
  assert.match(await ended(socket), /^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  assert.equal((await post(url, call('read', { text: 'a'.repeat(800) }))).status, 200);
  assert.equal(server.requests.length, 1);
});

test('all bodies together are bounded, and what was held is given back', async (t) => {
  const { url } = await openBoundedRelay(t, { maxBodyBytes: 1000, maxBufferedBytes: 1500 });
  const first = open(url, `${headOf(url, { 'content-length': 1000 })}\r\n\r\n${'a'.repeat(999)}`);
  const large = call('read', { text: 'a'.repeat(700) });
  let refused = await post(url, large);
  while (refused.status === 200) refused = await post(url, large);
  assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '1']);
  first.destroy();
  while ((await post(url, large)).status !== 200);
});

test('no more requests are open at a time than may be', async (t) => {
  const { url, server } = await openBoundedRelay(t, { maxExchanges: 2 }, ({ body }) => body.includes('"slow"'));
  const slow = { jsonrpc: '2.0', id: 1, method: 'slow' };
  const hanging = [1, 2].map(() => post(url, slow).catch(() => null));
  while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const { status, headers } = await post(url, call('read'));
  assert.deepEqual([status, headers['retry-after']], [503, '1']);
  void hanging;
});

test('a client that sends several requests at once and leaves lets go of all of them', async (t) => {
  const { url, server } = await openBoundedRelay(t, { maxExchanges: 8 }, ({ body }) => body.includes('"slow"'));
  const slow = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'slow' });
  const one = `${headOf(url, { 'content-length': slow.length })}\r\n\r\n${slow}`;
  const reached = async (count: number): Promise<void> => {
    while (server.bodies().filter((body) => body === slow).length < count) await sleep(5);
  };
  for (let times = 1; times <= 3; times += 1) {
    const socket = open(url, one.repeat(3));
    await reached(3 * times);
    socket.destroy();
    await sleep(50);
  }
  const hanging = [1, 2, 3].map(() => open(url, one));
  await reached(12);
  assert.equal((await post(url, call('read'))).status, 200);
  for (const socket of hanging) socket.destroy();
});

test('the session that was idle the longest makes room, of the caller who has the most; one in use never does', async (t) => {
  const { url } = await openBoundedRelay(t, { maxSessions: 2 }, ({ method }, response) => {
    if (method !== 'GET') return false;
    return answerEvents(response, ': hello\n\n', { end: false });
  });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const initialize = { jsonrpc: '2.0', id: 0, method: 'initialize', params };
  const opened = async (): Promise<string> => String((await post(url, initialize)).headers['mcp-session-id']);
  const statusOf = async (id: string): Promise<number> =>
    (await post(url, call('read'), { 'mcp-session-id': id })).status;
  const [first, second] = [await opened(), await opened()];
  assert.equal(await statusOf(first), 200);
  const third = await opened();
  assert.deepEqual(await Promise.all([first, second, third].map(statusOf)), [200, 404, 200]);
  for (const id of [first, third]) {
    const stream = open(url, `${headOf(url, { 'mcp-session-id': id }, 'GET')}\r\n\r\n`);
    await new Promise((resolve) => stream.once('data', resolve));
    t.after(() => stream.destroy());
  }
  assert.equal((await post(url, initialize)).status, 503);
});

test('with a session the stream of its server ends, also where the server says nothing to that', async (t) => {
  let opened = 0;
  let ended = 0;
  const { url } = await openBoundedRelay(t, {}, ({ method }, response) => {
    if (method !== 'GET') return false;
    opened += 1;
    response.on('close', () => {
      ended += 1;
    });
    return answerEvents(response, ': hello\n\n', { end: false });
  });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const { headers } = await post(url, { jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const session = { 'mcp-session-id': headers['mcp-session-id'] };
  const stream = open(url, `${headOf(url, session, 'GET')}\r\n\r\n`);
  await new Promise((resolve) => stream.once('data', resolve));
  assert.deepEqual([opened, ended], [1, 0]);
  assert.equal((await ask(url, { method: 'DELETE', headers: session })).status, 200);
  while (ended === 0) await sleep(5);
  stream.destroy();
});

test('a client that reads nothing of its answer is cut off, and the server is not read on for it', async (t) => {
  let isWriting = true;
  const { url } = await openBoundedRelay(t, { stallTimeoutMs: 200 }, ({ body }, response) => {
    if (body.includes('"huge"')) {
      const result = { text: 'a'.repeat(30_000_000) };
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
      return true;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const event = `data: ${JSON.stringify({ jsonrpc: '2.0', method: 'a', params: { text: 'a'.repeat(100_000) } })}\n\n`;
    const write = (): void => {
      while (isWriting && response.write(event));
    };
    response.on('drain', write).on('close', () => {
      isWriting = false;
    });
    write();
    return true;
  });
  const unread = (method: string): Socket => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method });
    return open(url, `${headOf(url, { 'content-length': body.length })}\r\n\r\n${body}`).pause();
  };
  const endless = unread('endless');
  while (isWriting) await new Promise((resolve) => setTimeout(resolve, 20));
  endless.destroy();
  const huge = unread('huge');
  // Whoever reads nothing learns of the end by writing; empty lines mean nothing.
  const probe = setInterval(() => huge.write('\r\n'), 20);
  await new Promise((resolve) => huge.once('close', resolve));
  clearInterval(probe);
});

test('an event or an answer of a server that never ends is not gathered without end', async (t) => {
  const { url } = await openBoundedRelay(t, { maxBodyBytes: 100_000 }, ({ body }, response) => {
    const isStream = body.includes('"stream"');
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
    if (isStream) response.write('data: ');
    const write = (): void => {
      while (!response.destroyed && response.write('a'.repeat(10_000)));
    };
    response.on('drain', write);
    write();
    return true;
  });
  const answer = await post(url, { jsonrpc: '2.0', id: 1, method: 'plain' });
  assert.equal(answer.status, 502);
  const stream = await ask(url, { headers: JSON_HEADERS, body: '{"jsonrpc":"2.0","id":1,"method":"stream"}' });
  assert.match(stream.text, /"id":1,"error"/);
});
