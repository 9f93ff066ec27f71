/** The reference server behind the listener, as the SDK's own client sees it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startEverything } from '../support/http-server.ts';
import { startListener } from '../support/listener-run.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  hide: ['get-env'],
  tools: { echo: {}, 'get-sum': { limits: [{ counter: 'sums', window: 'day', max: 1, scope: 'grant' }] } },
};

const everything = `${await startEverything('streamableHttp')}/mcp`;

async function connected(t: TestContext, url: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
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
