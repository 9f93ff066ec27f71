/** How the listener starts, what it says about itself, and how it ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { test } from 'node:test';
import { GATEWAY_POLICY } from '../support/gateway-run.ts';
import { startHttpServer } from '../support/http-server.ts';
import { ask, JSON_HEADERS, post, startListener } from '../support/listener-run.ts';
import { freePort } from '../support/ports.ts';
import { startRecordingHttp } from '../support/recording-http.ts';
import { run } from '../support/run-cli.ts';

const call = (name: string, args: object = {}, id = 1) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});

test('it writes nothing to stdout, tells on stderr where each server is, and ends with 0 when it is told to', async (t) => {
  const server = await startRecordingHttp();
  const servers = { one: { url: server.url }, 'two words': { url: server.url } };
  const gateway = await startListener(t, { servers, policy: GATEWAY_POLICY });
  assert.match(gateway.url('two words'), /\/mcp\/two%20words$/);
  for (const name of Object.keys(servers)) assert.match((await post(gateway.url(name), call('read'))).text, /did read/);
  assert.equal((await post(`${gateway.root}/mcp`, call('read'))).status, 404);
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 0);
  assert.equal(gateway.stdout(), '');
  assert.match(gateway.stderr(), /"event":"ended".*Told to end by SIGTERM/);
  const { stdout } = await gateway.cli('audit', '--json');
  assert.equal(stdout.match(/"answered"/g)?.length, 2, stdout);
});

test('when it is told to end, an answer that is on its way arrives, open streams end, and so do the sessions of servers', async (t) => {
  const server = await startRecordingHttp(({ body, method }, response) => {
    if (method !== 'POST' || !body.includes('"slow"')) return false;
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"jsonrpc":"2.0","id":1,"result":{"content":[]}}');
    }, 300);
    return true;
  });
  const policy = { version: '1', default: 'deny', tools: { slow: {} } };
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const { headers } = await post(gateway.url(), { jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
  const stream = request(gateway.url(), { headers: { accept: 'text/event-stream', ...session } });
  stream.on('error', () => {});
  stream.end();
  const [told] = await once(stream, 'response');
  told.on('error', () => {});
  told.resume();
  const slow = post(gateway.url(), call('slow'), session);
  while (!server.bodies().some((body) => body.includes('slow')))
    await new Promise((resolve) => setTimeout(resolve, 10));
  gateway.child.kill('SIGINT');
  await once(told, 'close');
  assert.equal((await slow).text, '{"jsonrpc":"2.0","id":1,"result":{"content":[]}}');
  assert.equal(await gateway.exited, 0);
  assert.equal(server.requests.at(-1)?.method, 'DELETE');
});

test('a second signal ends it at once', async (t) => {
  const server = await startRecordingHttp(({ method }) => method === 'POST');
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: GATEWAY_POLICY });
  void post(gateway.url(), call('read')).catch(() => {});
  while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const ended = once(gateway.child, 'exit');
  gateway.child.kill('SIGTERM');
  // The first has been taken once nobody is let in any more.
  while ((await ask(`${gateway.root}/healthz`, { method: 'GET' }).catch(() => null))?.status === 200);
  const again = setInterval(() => gateway.child.kill('SIGTERM'), 20);
  const [code, signal] = await ended;
  clearInterval(again);
  assert.deepEqual([code, signal], [null, 'SIGTERM']);
});

test('a server that cannot be used is refused alone, with a word on which, and no secret', async (t) => {
  const server = await startRecordingHttp();
  const closed = await freePort();
  const gateway = await startListener(t, {
    servers: {
      good: { url: server.url },
      gone: { url: `http://127.0.0.1:${closed}/mcp?api_key=very-secret-query` },
      unset: {
        url: `http://127.0.0.1:${closed}/mcp`,
        headers: { Authorization: ['$', '{env:NOT_SET_ANYWHERE}'].join('') },
      },
      lawless: { url: server.url, policy: 'policies/none.json' },
    },
    policy: {
      ...GATEWAY_POLICY,
      tools: { read: { limits: [{ counter: 'r', window: 'day', max: 1, scope: 'grant' }] } },
    },
  });
  const answers = async (name: string) => {
    const { status, text } = await post(gateway.url(name), { jsonrpc: '2.0', id: 5, method: 'tools/list' });
    return { status, ...(JSON.parse(text) as { id: unknown; error?: { message: string } }) };
  };
  assert.equal((await answers('good')).status, 200);
  for (const [name, status] of [
    ['gone', 502],
    ['unset', 503],
    ['lawless', 503],
  ] as const) {
    const { error, ...answer } = await answers(name);
    assert.deepEqual({ status: answer.status, id: answer.id }, { status, id: 5 }, name);
    assert.match(error?.message ?? '', new RegExp(`The server "${name}"`));
  }
  // Nobody was reached, so that the only call of the day is still to be had.
  for (const _ of [1, 2])
    assert.match((await post(gateway.url('gone'), call('read'))).text, /did not reach the server/);
  const health = await ask(`${gateway.root}/healthz`, { method: 'GET' });
  assert.equal(health.status, 200);
  const { status, servers } = JSON.parse(health.text);
  assert.equal(status, 'degraded');
  assert.deepEqual([servers.good.trouble, servers.unset.trouble], [null, 'It has no value for NOT_SET_ANYWHERE.']);
  assert.match(servers.lawless.trouble, /none\.json/);
  assert.match(servers.gone.trouble, /could not be reached \(ECONNREFUSED\)/);
  assert.doesNotMatch(gateway.stderr() + health.text, /very-secret/);
});

test('/metrics counts what was decided, in the format that Prometheus reads, for this machine and for grants', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: GATEWAY_POLICY,
    flags: ['--allow-host', 'gateway.example'],
  });
  for (const name of ['read', 'read', 'delete_all']) await post(gateway.url(), call(name));
  const metrics = (headers: object) => ask(`${gateway.root}/metrics`, { method: 'GET', headers });
  const { text, headers } = await metrics({});
  assert.match(String(headers['content-type']), /openmetrics-text/);
  assert.match(text, /policylayer_calls_total\{server="recorder",tool="read",outcome="allowed"\} 2\n/);
  assert.match(text, /policylayer_calls_total\{server="recorder",tool="delete_all",outcome="denied"\} 1\n/);
  assert.match(text, /# EOF\n$/);
  const host = 'gateway.example';
  assert.equal((await metrics({ host })).status, 401);
  const token = await gateway.grant('prometheus', '--server', 'recorder');
  assert.equal((await metrics({ host, authorization: `Bearer ${token}` })).status, 200);
  const strange = await ask(`${gateway.root}/healthz`, { method: 'GET', headers: { host } });
  assert.deepEqual(JSON.parse(strange.text), { status: 'ok' });
});

test('where it cannot listen, or would let everybody in, it does not start and says why', async (t) => {
  const server = await startRecordingHttp();
  const gateway = await startListener(t, { servers: { recorder: { url: server.url } }, policy: GATEWAY_POLICY });
  const start = (...words: string[]) =>
    run(['gateway', '--state', gateway.stateFile, '--config', 'policylayer.yaml', ...words], { cwd: gateway.folder });
  const taken = await start('--listen', new URL(gateway.root).host);
  assert.equal(taken.exitCode, 2);
  assert.match(
    taken.stderr,
    /cannot listen at 127\.0\.0\.1:\d+\.\ncause: Another program listens there already\.\nhint: /,
  );
  const everywhere = await start('--listen', '0.0.0.0:0');
  assert.equal(everywhere.exitCode, 2);
  assert.match(everywhere.stderr, /where other machines reach it\.\ncause: There is no grant/);
  assert.match((await start('--listen', 'nowhere')).stderr, /Cannot tell where to listen/);
  assert.equal((await start('--listen', '127.0.0.1:0', '--server', 'nobody')).exitCode, 2);
});

test('an address that other machines reach needs a token, also from this machine', async (t) => {
  const server = await startRecordingHttp();
  let token = '';
  const gateway = await startListener(t, {
    servers: { recorder: { url: server.url } },
    policy: GATEWAY_POLICY,
    listen: '0.0.0.0:0',
    before: async (state) => {
      const added = await run(['grant', 'add', 'alice', '--server', 'recorder', '--state', state]);
      token = added.stdout.trim();
    },
  });
  const url = gateway.url().replace('0.0.0.0', '127.0.0.1');
  assert.match(gateway.stderr(), /without encryption/);
  assert.equal((await post(url, call('read'))).status, 401);
  assert.equal((await post(url, call('read'), { authorization: `Bearer ${token}` })).status, 200);
});

test('statuses of a server become errors that a client understands, and never a question for its credentials', async (t) => {
  let next: readonly [status: number, headers: Record<string, string>, body: string] = [401, {}, ''];
  const url = await startHttpServer((incoming, response) => {
    incoming.resume();
    response.writeHead(next[0], next[1]).end(next[2]);
  });
  const gateway = await startListener(t, { servers: { odd: { url } }, policy: GATEWAY_POLICY });
  const json = { 'content-type': 'application/json' };
  const unsupported =
    '{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"No.","data":{"supported":["2026-07-28"]}}}';
  const cases: [typeof next, number, RegExp][] = [
    [
      [401, { 'www-authenticate': 'Bearer resource_metadata="http://evil.example/"' }, ''],
      502,
      /credentials of the gateway/,
    ],
    [[403, {}, 'no'], 502, /credentials of the gateway/],
    [[429, { 'retry-after': '7' }, ''], 429, /no more requests/],
    [[500, json, '{"stack":"secret"}'], 502, /HTTP status 500/],
    [[302, { location: 'http://evil.example/' }, ''], 502, /HTTP status 302/],
    [[307, { location: 'http://evil.example/' }, ''], 502, /HTTP status 307/],
    [[200, { 'content-type': 'text/html' }, '<html>'], 502, /no answer that could be passed on/],
    [[200, json, ''], 502, /no answer that could be passed on/],
    [[400, json, unsupported], 400, /^.*-32022.*supported.*$/],
    [[404, json, '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"No such method."}}'], 404, /-32601/],
  ];
  for (const [answer, status, text] of cases) {
    next = answer;
    const got = await post(gateway.url(), call('read'));
    assert.equal(got.status, status, `${answer[0]}: ${got.text}`);
    assert.match(got.text, text);
    assert.equal(JSON.parse(got.text).id, 1);
    assert.equal(got.headers['www-authenticate'], undefined);
    assert.equal(got.headers['retry-after'], answer[1]['retry-after']);
  }
  assert.equal((await ask(gateway.url(), { headers: JSON_HEADERS, body: '"read"' })).status, 400);
});
