/** Servers whose answers are nested more deeply than anybody could write them anew. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { startGateway } from '../support/gateway-run.ts';
import { openSession } from '../support/http-session.ts';
import { startListener } from '../support/listener-run.ts';
import { startRecordingHttp } from '../support/recording-http.ts';

const POLICY = { version: '1', default: 'deny', hide: ['hidden'], tools: { read: {} } };
const DEPTH = 100_000;

/** The text of an answer that has to be written anew, since a hidden tool is in it. */
const deepList = (id: string): string => {
  const schema = `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`;
  const tools = ['hidden', 'read'].map((name) => `{"name":"${name}","inputSchema":{"x":${schema}}}`);
  return `{"jsonrpc":"2.0","id":${id},"result":{"tools":[${tools}]}}`;
};

const PROGRAM = `
  const DEPTH = ${DEPTH};
  const deepList = ${deepList};
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method } = JSON.parse(line);
    const capabilities = { tools: {} };
    const hello = { protocolVersion: '2025-11-25', capabilities, serverInfo: { name: 'deep', version: '1' } };
    const plain = { jsonrpc: '2.0', id, result: method === 'initialize' ? hello : {} };
    if (id === undefined) return;
    if (method === 'tools/list') console.log(deepList(JSON.stringify(id)));
    else if (method === 'all') console.log('[' + deepList(JSON.stringify(id)) + ']');
    else console.log(JSON.stringify(plain));
  });`;

test('over stdio an answer that nests too deeply is told as an error, and the next one passes', async (t) => {
  const gateway = startGateway(t, { policy: POLICY, target: ['--', process.execPath, '-e', PROGRAM] });
  assert.match((await gateway.ask(1, 'tools/list')).error?.message ?? '', /nested too deeply/);
  assert.deepEqual((await gateway.ask('next', 'ping')).result, {});
  assert.doesNotMatch(gateway.stderr(), /bug/);
});

test('over HTTP as well, be the server a program or elsewhere', async (t: TestContext) => {
  const remote = await startRecordingHttp(({ body }, response) => {
    if (!body.includes('"tools/list"')) return false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(deepList('2'));
    return true;
  });
  const program = { command: process.execPath, args: ['-e', PROGRAM] };
  const gateway = await startListener(t, { servers: { program, remote: { url: remote.url } }, policy: POLICY });
  for (const [name, methods] of [
    ['program', ['tools/list', 'all']],
    ['remote', ['tools/list']],
  ] as const) {
    const session = await openSession(gateway.url(name));
    for (const method of methods)
      assert.match((await session.ask(2, method)).error?.message ?? '', /nested too deeply/);
    assert.ok((await session.ask(3, 'ping')).result);
  }
  assert.doesNotMatch(gateway.stderr(), /bug/);
});
