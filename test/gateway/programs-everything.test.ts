/** The reference server as a program behind the listener, as the SDK's own client sees it. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  type StreamableHTTPClientTransportOptions,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { startCuttable } from '../support/cuttable.ts';
import { bin } from '../support/installed-server.ts';
import { startListener } from '../support/listener-run.ts';

const POLICY = {
  version: '1',
  default: 'deny',
  hide: ['get-env'],
  tools: {
    echo: {},
    'trigger-sampling-request': {},
    'trigger-elicitation-request': {},
    'trigger-long-running-operation': {},
    'get-roots-list': {},
  },
};

const everything = (t: TestContext, flags: readonly string[] = []) =>
  startListener(t, {
    servers: {
      everything: {
        command: process.execPath,
        args: [bin('@modelcontextprotocol/server-everything'), 'stdio'],
      },
    },
    policy: POLICY,
    flags,
  });

async function connected(
  t: TestContext,
  url: string,
  name = 'test',
  options: StreamableHTTPClientTransportOptions = {},
): Promise<Client> {
  const client = new Client({ name, version: '1' }, { capabilities: { sampling: {}, elicitation: {}, roots: {} } });
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'none',
    role: 'assistant' as const,
    content: { type: 'text' as const, text: `said by ${name}` },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' as const }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: `file:///${name}`, name }] }));
  await client.connect(new StreamableHTTPClientTransport(new URL(url), options));
  t.after(() => client.close());
  return client;
}

const textOf = (result: unknown): string => (result as { content: { text: string }[] }).content[0]?.text ?? '';

test('a program behind the listener: an allowed call is made, a denied one is not, and hidden tools are not listed', async (t) => {
  const gateway = await everything(t);
  const client = await connected(t, gateway.url());
  const names = (await client.listTools()).tools.map(({ name }) => name);
  assert.ok(names.includes('echo') && !names.includes('get-env'), names.join());
  assert.equal(textOf(await client.callTool({ name: 'echo', arguments: { message: 'hi' } })), 'Echo: hi');
  const denied = await client.callTool({ name: 'get-env', arguments: {} });
  assert.ok(denied.isError);
  assert.match(textOf(denied), /Denied by policy/);
  assert.equal(gateway.stdout(), '');
});

test('what the server asks comes to the client that called, and to no other', async (t) => {
  const gateway = await everything(t);
  const clients = await Promise.all(['ann', 'bob'].map((name) => connected(t, gateway.url(), name)));
  const sampled = await Promise.all(
    clients.map((client) => client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'x' } })),
  );
  assert.match(textOf(sampled[0]), /said by ann/);
  assert.match(textOf(sampled[1]), /said by bob/);
  const elicited = await clients[0]?.callTool({ name: 'trigger-elicitation-request', arguments: {} });
  assert.match(textOf(elicited), /declined/i);
  const roots = await clients[1]?.callTool({ name: 'get-roots-list', arguments: {} });
  assert.match(textOf(roots), /file:\/\/\/bob/);
});

test('progress is told while the call runs, and a call that is cancelled leaves the session usable', async (t) => {
  const gateway = await everything(t);
  const client = await connected(t, gateway.url());
  const progress: number[] = [];
  const call = { name: 'trigger-long-running-operation', arguments: { duration: 0.3, steps: 3 } };
  const made = await client.callTool(call, undefined, { onprogress: (told) => void progress.push(told.progress) });
  assert.match(textOf(made), /completed/);
  assert.deepEqual(progress, [1, 2, 3]);
  const cancel = new AbortController();
  const long = client.callTool({ ...call, arguments: { duration: 30, steps: 3 } }, undefined, {
    signal: cancel.signal,
  });
  cancel.abort();
  await assert.rejects(long);
  assert.equal(textOf(await client.callTool({ name: 'echo', arguments: { message: 'still' } })), 'Echo: still');
});

test('a client of the SDK whose connections are cut in the middle of a call gets its answer, and what it is asked', async (t) => {
  const between = await startCuttable(t);
  const gateway = await everything(t, ['--allow-host', between.host]);
  between.leadTo(gateway.root);
  const soon = {
    initialReconnectionDelay: 20,
    maxReconnectionDelay: 20,
    reconnectionDelayGrowFactor: 1,
    maxRetries: 100,
  };
  const client = await connected(t, `http://${between.host}${new URL(gateway.url()).pathname}`, 'ann', {
    reconnectionOptions: soon,
  });
  let progress = 0;
  const call = { name: 'trigger-long-running-operation', arguments: { duration: 1, steps: 4 } };
  const made = await client.callTool(call, undefined, {
    onprogress() {
      progress += 1;
      between.cut();
    },
  });
  assert.match(textOf(made), /completed/);
  assert.equal(progress, 4);
  const sampled = await client.callTool({ name: 'trigger-sampling-request', arguments: { prompt: 'x' } });
  assert.match(textOf(sampled), /said by ann/);
});
