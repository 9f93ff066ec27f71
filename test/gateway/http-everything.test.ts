/** The reference server behind the listener, as the SDK's own client sees it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { startEverything } from '../support/http-server.ts';
import { startListener } from '../support/listener-run.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  hide: ['get-env'],
  tools: { echo: {}, 'get-sum': { limits: [{ counter: 'sums', window: 'day', max: 1, scope: 'grant' }] } },
};

const everything = `${await startEverything('streamableHttp')}/mcp`;

async function connected(
  t: TestContext,
  url: string,
  client = new Client({ name: 'test', version: '1' }),
): Promise<Client> {
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  t.after(() => client.close());
  return client;
}

const textOf = (result: unknown): string => (result as { content: { text: string }[] }).content[0]?.text ?? '';

test('behind the listener an allowed call is made, a denied one is not, and hidden tools are not listed', async (t) => {
  const gateway = await startListener(t, { servers: { everything: { url: everything } }, policy: POLICY });
  const client = await connected(t, gateway.url());
  const names = (await client.listTools()).tools.map(({ name }) => name);
  assert.ok(names.includes('echo') && !names.includes('get-env'), names.join());
  assert.equal(textOf(await client.callTool({ name: 'echo', arguments: { message: 'hi' } })), 'Echo: hi');
  const denied = await client.callTool({ name: 'get-env', arguments: {} });
  assert.ok(denied.isError);
  assert.match(textOf(denied), /Denied by policy/);
  assert.equal(gateway.stdout(), '');
});

const ASKING = {
  version: '1',
  default: 'deny',
  tools: { echo: { require_approval: [{ conditions: [], on_deny: 'Somebody has to look at this.' }] } },
};

test('the person is asked through the client, on the stream of the call, and the call goes out after a yes alone', async (t) => {
  const gateway = await startListener(t, { servers: { everything: { url: everything } }, policy: ASKING });
  const client = new Client({ name: 'test', version: '1' }, { capabilities: { elicitation: {} } });
  let decision = 'once';
  const asked: string[] = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked.push(params.message);
    return { action: 'accept', content: { decision } };
  });
  await connected(t, gateway.url(), client);
  const echo = () => client.callTool({ name: 'echo', arguments: { message: 'hi' } });
  assert.equal(textOf(await echo()), 'Echo: hi');
  assert.match(asked[0] ?? '', /Somebody has to look at this[\s\S]*"echo"[\s\S]*"hi"/);
  decision = 'deny';
  assert.match(textOf(await echo()), /did not let it through/);
  decision = 'session';
  assert.equal(textOf(await echo()), 'Echo: hi');
  assert.equal(textOf(await echo()), 'Echo: hi');
  assert.equal(asked.length, 3);
  // Another client of the same caller has not been approved of anything.
  const other = await connected(t, gateway.url(), new Client({ name: 'other', version: '1' }));
  const waiting = other.callTool({ name: 'echo', arguments: { message: 'mine' } });
  let id = '';
  while (id === '') id = /^ {4}"id": "([^"]+)"/m.exec((await gateway.cli('approvals', '--json')).stdout)?.[1] ?? '';
  await gateway.cli('approvals', 'approve', id);
  assert.equal(textOf(await waiting), 'Echo: mine');
});

test('a saved policy holds from the next call on, and clients with a stream are told that the list has changed', async (t) => {
  const gateway = await startListener(t, { servers: { everything: { url: everything } }, policy: POLICY });
  const client = await connected(t, gateway.url());
  await client.listTools();
  const told = new Promise<void>((resolve) => {
    client.setNotificationHandler(ToolListChangedNotificationSchema, () => resolve());
  });
  writeFileSync(gateway.policyFile(), JSON.stringify({ ...POLICY, hide: ['echo'] }));
  const denied = await client.callTool({ name: 'echo', arguments: { message: 'hi' } });
  assert.ok(denied.isError);
  await told;
  assert.ok((await client.listTools()).tools.every(({ name }) => name !== 'echo'));
});

test('what a server says while it works on a call arrives as it is said', async (t) => {
  const policy = { version: '1', default: 'deny', tools: { 'trigger-long-running-operation': {} } };
  const gateway = await startListener(t, { servers: { everything: { url: everything } }, policy });
  const client = await connected(t, gateway.url());
  const seen: number[] = [];
  const params = { name: 'trigger-long-running-operation', arguments: { duration: 0.2, steps: 3 } };
  const result = await client.callTool(params, undefined, { onprogress: ({ progress }) => void seen.push(progress) });
  assert.match(textOf(result), /completed/);
  assert.deepEqual(seen.slice(0, 2), [1, 2]);
});
