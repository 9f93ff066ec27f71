/** What goes wrong around a listener, and what it promises nevertheless. */
import assert from 'node:assert/strict';

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { openStore } from '../../src/io/state/open-store.ts';
import { type Answer, JSON_HEADERS, type ListenerRun, post, startListener } from '../support/listener-run.ts';
import { startRecordingHttp } from '../support/recording-http.ts';
import { hasRedis, redisServer } from '../support/redis-server.ts';
import { residentMegabytes } from '../support/resident-memory.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { auditOf, awayFromTheHour, usedIn } from '../support/state-facts.ts';

const RECORDER = fileURLToPath(new URL('../support/recording-server.js', import.meta.url));

const counted = (max: number) => ({
  version: '1',
  default: 'deny',
  tools: { read: { limits: [{ counter: 'reads', window: 'hour', max, scope: 'server' }] }, pay: {} },
});

const call = (id: number | string, name = 'read', args: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

const callsIn = (bodies: readonly string[]): number => bodies.filter((body) => body.includes('tools/call')).length;

const textOf = ({ text }: Answer): string => {
  const { result, error } = JSON.parse(text);
  return result?.content?.[0]?.text ?? error?.message ?? '';
};
const made = async (gateway: ListenerRun, id: number | string, name = 'read'): Promise<string> =>
  textOf(await post(gateway.url(), call(id, name)));

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(10);
}

test('a listener that is killed in the middle of a burst: what reached the server is counted and recorded', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(1_000_000) });
  let answered = 0;
  const caller = async (name: number): Promise<void> => {
    for (let at = 0; ; at += 1) {
      const text = await made(gateway, `${name}-${at}`).catch(() => null);
      if (text === null) return;
      assert.equal(text, 'did read');
      answered += 1;
    }
  };
  const callers = Array.from({ length: 20 }, (_, name) => caller(name));
  await until(() => answered > 300);
  gateway.child.kill('SIGKILL');
  await Promise.all(callers);
  const reached = callsIn(server.bodies());
  const allowed = (await auditOf(gateway.stateFile)).filter(({ outcome }) => outcome === 'allowed').length;
  assert.equal(usedIn(gateway.stateFile), allowed);
  assert.ok(answered <= reached && reached <= allowed, `${answered} answered, ${reached} reached, ${allowed} allowed`);
  // At most the one call of each caller that was in flight.
  assert.ok(allowed - answered <= 20, `${allowed} allowed, ${answered} answered`);
});

test('while a server is down its calls are refused and not counted; when it is back they pass', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(2) });
  assert.equal(await made(gateway, 1), 'did read');
  await server.stop();
  // Until the end of the connection that it kept has been told to it.
  await sleep(200);
  for (const id of [2, 3, 4]) assert.match(await made(gateway, id), /could not be (?:reached|connected)/);
  await server.start();
  assert.equal(await made(gateway, 5), 'did read');
  assert.match(await made(gateway, 6), /used up/);
  assert.equal(callsIn(server.bodies()), 2);
});

test('a call whose server breaks off has an answer that says so, stays counted, and is not made again', async (t) => {
  const server = await startRecordingHttp(({ body }, response) => {
    if (!body.includes('tools/call')) return false;
    response.destroy();
    return true;
  });
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(2) });
  for (const id of [1, 2]) assert.match(await made(gateway, id), /gave no answer/);
  assert.match(await made(gateway, 3), /used up/);
  assert.equal(callsIn(server.bodies()), 2);
});

test('a server that is slow with one call holds up no other, and no denial', async (t) => {
  let finish = (): void => {};
  const server = await startRecordingHttp(({ body }, response) => {
    if (!body.includes('"slow"')) return false;
    finish = () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","id":"slow","result":{"content":[{"type":"text","text":"at last"}]}}');
    };
    return true;
  });
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(10) });
  const slow = made(gateway, 'slow');
  await until(() => server.bodies().length === 1);
  assert.equal(await made(gateway, 1), 'did read');
  assert.match(await made(gateway, 2, 'delete_all'), /Denied/);
  finish();
  assert.equal(await slow, 'at last');
});

test('an argument of 50 MB reaches the server as it is, and one of 80 MB is refused; neither stays in memory', {
  timeout: 60_000,
}, async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(100) });
  const big = JSON.stringify(call(1, 'read', { text: 'x'.repeat(50 * 1024 * 1024) }));
  assert.equal(textOf(await post(gateway.url(), big)), 'did read');
  assert.ok(server.bodies()[0] === big);
  const tooBig = await post(gateway.url(), call(2, 'read', { text: 'x'.repeat(80 * 1024 * 1024) })).catch(() => null);
  assert.ok(tooBig === null || tooBig.status === 413);
  for (let id = 3; id < 40; id += 1) await made(gateway, id);
  assert.equal(server.bodies().length, 38);
  assert.ok(residentMegabytes(gateway.child.pid) < 500, `${residentMegabytes(gateway.child.pid)} MB`);
});

test('an argument of 50 MB reaches a program as it is, and its session goes on', { timeout: 60_000 }, async (t) => {
  const record = join(temporaryFolder(t), 'record');
  const gateway = await startListener(t, {
    servers: { recorder: { command: process.execPath, args: [RECORDER, record] } },
    policy: counted(100),
  });
  const clientInfo = { name: 'test', version: '1' };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
  const { headers } = await post(gateway.url(), { jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
  const big = JSON.stringify(call(1, 'read', { text: 'x'.repeat(50 * 1024 * 1024) }));
  assert.match((await post(gateway.url(), big, session)).text, /did read/);
  assert.match((await post(gateway.url(), call(2), session)).text, /did read/);
  assert.ok(readFileSync(record, 'utf8').split('\n').includes(big));
});

test('clients that send half a body and fall silent hold up nobody, and what they sent is let go with them', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(100) });
  const { hostname, port, host, pathname } = new URL(gateway.url());
  const half = 'x'.repeat(1024 * 1024);
  const headers = Object.entries({ ...JSON_HEADERS, host, 'content-length': 2 * half.length });
  const head = `POST ${pathname} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  const silent = await Promise.all(
    Array.from(
      { length: 150 },
      () =>
        new Promise<ReturnType<typeof connect>>((resolve) => {
          const socket = connect(Number(port), hostname, () => socket.write(head + half, () => resolve(socket)));
          socket.on('error', () => {});
        }),
    ),
  );
  assert.equal(await made(gateway, 1), 'did read');
  for (const socket of silent) socket.destroy();
  // So much is let in again.
  for (const id of [2, 3])
    assert.equal(textOf(await post(gateway.url(), call(id, 'read', { text: half }))), 'did read');
  assert.equal(callsIn(server.bodies()), 3);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0);
});

test('a client that never reads its stream does not make the gateway hold what it does not read', {
  timeout: 60_000,
}, async (t) => {
  let written = 0;
  const server = await startRecordingHttp(({ body }, response) => {
    if (!body.includes('"flood"')) return false;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const note = {
      jsonrpc: '2.0',
      method: 'notifications/message',
      params: { level: 'info', data: 'x'.repeat(100_000) },
    };
    const event = `data: ${JSON.stringify(note)}\n\n`;
    const flood = (): void => {
      while (written < 400 * 1024 * 1024 && !response.destroyed) {
        written += event.length;
        if (!response.write(event)) return void response.once('drain', flood);
      }
    };
    flood();
    return true;
  });
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(100) });
  const { hostname, port, host, pathname } = new URL(gateway.url());
  const body = JSON.stringify({ jsonrpc: '2.0', id: 'flood', method: 'acme/flood' });
  const headers = Object.entries({ ...JSON_HEADERS, host, 'content-length': body.length });
  const socket = connect(Number(port), hostname);
  socket.pause();
  socket.write(
    `POST ${pathname} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  );
  await until(() => written > 1024 * 1024);
  let before = -1;
  while (before !== written) {
    before = written;
    for (let at = 0; at < 20; at += 1) assert.equal(await made(gateway, `${written}-${at}`, 'pay'), 'did pay');
    await sleep(200);
  }
  assert.ok(written < 100 * 1024 * 1024, `${written} bytes were taken from the server`);
  assert.ok(residentMegabytes(gateway.child.pid) < 300, `${residentMegabytes(gateway.child.pid)} MB`);
  socket.destroy();
});

test('while the policy file is gone the last one holds, and a new one holds from the next call', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(100) });
  assert.equal(await made(gateway, 1), 'did read');
  rmSync(gateway.policyFile());
  assert.equal(await made(gateway, 2), 'did read');
  assert.match(await made(gateway, 3, 'delete_all'), /Denied/);
  writeFileSync(gateway.policyFile(), '{ "version": "1", "default": "deny", "tools": { "pay": {} } }');
  assert.match(await made(gateway, 4), /Denied/);
  assert.equal(await made(gateway, 5, 'pay'), 'did pay');
});

test('while another program locks the state calls are denied and all else passes; afterwards calls pass again', {
  timeout: 60_000,
}, async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: counted(10) });
  assert.equal(await made(gateway, 1), 'did read');
  const other = new Libsql(gateway.stateFile);
  other.exec('PRAGMA busy_timeout = 5000');
  other.exec('BEGIN IMMEDIATE');
  let hasAnswer = false;
  const waits = made(gateway, 2).finally(() => {
    hasAnswer = true;
  });
  assert.equal((await post(gateway.url(), { jsonrpc: '2.0', id: 3, method: 'ping' })).status, 200);
  assert.equal(hasAnswer, false);
  assert.match(await waits, /could not be looked up/);
  other.exec('ROLLBACK');
  other.close();
  assert.equal(await made(gateway, 4), 'did read');
  assert.equal(callsIn(server.bodies()), 2);
  assert.equal(usedIn(gateway.stateFile), 2);
});

test('where the grants are lost with the state their server goes on to want a token', async (t) => {
  const server = await startRecordingHttp();
  let token = '';
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: counted(2),
    before: async (file) => {
      const store = await openStore(file);
      token = (await store.grants.add({ label: 'alice', servers: ['recorder'], policy: null }))?.token ?? '';
      await store.close();
    },
  });
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
  const authorization = `Bearer ${token}`;
  assert.equal((await post(gateway.url(), ping, { authorization })).status, 200);
  const state = new Libsql(gateway.stateFile);
  state.exec('DELETE FROM grants');
  state.close();
  // The grants are looked at every second.
  for (const end = Date.now() + 1500; Date.now() < end; await sleep(100))
    assert.equal((await post(gateway.url(), ping)).status, 401);
  assert.equal((await post(gateway.url(), ping, { authorization })).status, 401);
});

test('while Redis is stopped calls are denied; when it is back its counts go on', {
  skip: hasRedis ? false : 'there is no redis-server',
  timeout: 120_000,
}, async (t) => {
  await awayFromTheHour();
  const redis = await redisServer();
  t.after(() => redis.remove());
  const server = await startRecordingHttp();
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: counted(2),
    state: redis.fresh(),
  });
  assert.equal(await made(gateway, 'before'), 'did read');
  await redis.stop();
  assert.notEqual(await made(gateway, 'stopped'), 'did read');
  assert.equal((await post(gateway.url(), { jsonrpc: '2.0', id: 'meanwhile', method: 'ping' })).status, 200);
  await redis.start();
  for (let at = 0; (await made(gateway, at)) !== 'did read'; at += 1) await sleep(50);
  assert.match(await made(gateway, 'third'), /used up/);
  assert.equal(callsIn(server.bodies()), 2);
});
