/** A client of the SDK sees of a server through the gateway what it sees of it without. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { startEverything } from '../support/http-server.ts';
import { bin } from '../support/installed-server.ts';
import { startListener } from '../support/listener-run.ts';
import { progressOf } from '../support/progress-of.ts';
import { BIN, temporaryFolder } from '../support/run-cli.ts';

const EVERYTHING = [bin('@modelcontextprotocol/server-everything'), 'stdio'];

const started = (args: readonly string[]): Transport =>
  new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });

interface Connected {
  readonly client: Client;
  readonly progress: readonly unknown[];
}

async function connect(t: TestContext, transport: Transport): Promise<Connected> {
  const progress = progressOf(transport);
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: { sampling: {}, elicitation: {}, roots: { listChanged: true } } },
  );
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: 'm',
    role: 'assistant',
    content: { type: 'text', text: 'sampled' },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///tmp' }] }));
  await client.connect(transport);
  t.after(() => client.close());
  return { client, progress };
}

/** What differs from call to call: times, random ids, and the environment of the process. */
const plain = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replaceAll(/\d{4}-\d\d-\d\d(?:T[\d:.]+Z| [\d:.]+)?|\d{1,2}:\d\d:\d\d(?: [AP]M)?/g, 'TIME')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}/g, 'ID');

const settled = (work: Promise<unknown>): Promise<string> =>
  work.then(plain, (error: Error) => `failed: ${error.message}`);

const ARGUMENTS: Readonly<Record<string, object>> = {
  echo: { message: 'hällo' },
  'get-sum': { a: 1, b: 2 },
  'trigger-long-running-operation': { duration: 0.1, steps: 2 },
  'trigger-sampling-request': { prompt: 'p', maxTokens: 5 },
  'get-annotated-message': { messageType: 'error', includeImage: true },
  'get-structured-content': { location: 'Chicago' },
  'get-resource-links': { count: 2 },
  'get-resource-reference': { resourceType: 'Text', resourceId: 1 },
};

/** Resolves to what the server says unasked, once it said it: that it has the roots of the client, and any of its samples. */
function saidBy(client: Client): Promise<string> {
  const said: Record<string, string> = {};
  return new Promise((resolve) => {
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      // Of each level there is a sample, and which comes first is left to chance.
      const text = plain(params).replaceAll(/"level": "\w+"|\w+[- ]level[- ]message/gi, 'LEVEL');
      said[params.logger ?? 'sample'] ??= text;
      if (Object.keys(said).length === 2) resolve(plain([said.sample, said['everything-server']]));
    });
  });
}

/** What a client gets of everything the server offers. */
async function everythingOf({ client, progress }: Connected): Promise<Record<string, string>> {
  const said = saidBy(client);
  const updated = new Promise<string>((resolve) => {
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => resolve(params.uri));
  });
  const seen: Record<string, string> = {
    server: plain([client.getServerVersion(), client.getInstructions()]),
    capabilities: plain({ ...client.getServerCapabilities(), tools: null }),
  };
  const { tools } = await client.listTools();
  seen.tools = plain(tools);
  for (const { name } of tools.filter((tool) => tool.execution?.taskSupport !== 'required')) {
    const args = { name, arguments: { ...ARGUMENTS[name] } };
    if (name === 'get-env') continue;
    seen[`tool ${name}`] = await settled(client.callTool(args, undefined, { onprogress: () => {} }));
    seen[`progress up to the answer of ${name}`] = plain(progress);
  }
  const { prompts } = await client.listPrompts();
  seen.prompts = plain(prompts);
  for (const { name, arguments: asked = [] } of prompts) {
    const given = Object.fromEntries(asked.map((each) => [each.name, '1']));
    seen[`prompt ${name}`] = await settled(client.getPrompt({ name, arguments: given }));
  }
  const { resources } = await client.listResources();
  seen.resources = plain(resources);
  for (const { uri } of resources) seen[`resource ${uri}`] = await settled(client.readResource({ uri }));
  // Tools among those above make the server tell them, and stay told.
  const [{ uri = '' } = {}] = resources;
  seen.subscribed = await settled(client.subscribeResource({ uri }));
  for (const name of ['toggle-subscriber-updates', 'toggle-subscriber-updates']) await client.callTool({ name });
  seen.updated = await updated;
  seen.said = await said;
  seen.level = await settled(client.setLoggingLevel('error'));
  seen.unsubscribed = await settled(client.unsubscribeResource({ uri }));
  const ref = { type: 'ref/prompt', name: 'completable-prompt' } as const;
  seen.completed = await settled(client.complete({ ref, argument: { name: 'department', value: 'e' } }));
  seen.templates = plain(await client.listResourceTemplates());
  seen.unknown = await settled(client.readResource({ uri: 'nothing://at/all' }));
  seen.ping = plain(await client.ping());
  return seen;
}

/** The command line of a gateway that allows everything, up to the server. */
function openGateway(t: TestContext): string[] {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify({ version: '1', default: 'allow', tools: {} }));
  return [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off'];
}

async function assertSame(t: TestContext, transports: readonly Transport[]): Promise<void> {
  const [without, through] = await Promise.all(
    transports.map(async (transport) => everythingOf(await connect(t, transport))),
  );
  assert.ok(Object.keys(without ?? {}).length > 40, Object.keys(without ?? {}).join(', '));
  assert.match(without?.['progress up to the answer of trigger-long-running-operation'] ?? '', /"progress": 2/);
  assert.deepEqual(through, without);
}

test('every tool, prompt and resource of server-everything is the same through the gateway', (t) =>
  assertSame(t, [started(EVERYTHING), started([...openGateway(t), '--', process.execPath, ...EVERYTHING])]));

test('every tool, prompt and resource of server-everything over HTTP is the same through the gateway', async (t) => {
  const url = `${await startEverything('streamableHttp')}/mcp`;
  const direct = new StreamableHTTPClientTransport(new URL(url)) as Transport;
  await assertSame(t, [direct, started([...openGateway(t), url])]);
});

test('every tool, prompt and resource of server-everything over HTTP as it was in 2024 is the same through the gateway', async (t) => {
  const url = `${await startEverything('sse')}/sse`;
  await assertSame(t, [new SSEClientTransport(new URL(url)), started([...openGateway(t), url])]);
});

/** The address of a listener that allows everything of a server. */
async function behindListener(t: TestContext, server: object): Promise<Transport> {
  const gateway = await startListener(t, {
    servers: { everything: server },
    policy: { version: '1', default: 'allow', tools: {} },
    flags: ['--log', 'off'],
  });
  return new StreamableHTTPClientTransport(new URL(gateway.url())) as Transport;
}

test('every tool, prompt and resource of server-everything is the same through the listener', async (t) => {
  const url = `${await startEverything('streamableHttp')}/mcp`;
  const direct = new StreamableHTTPClientTransport(new URL(url)) as Transport;
  await assertSame(t, [direct, await behindListener(t, { url })]);
});

test('every tool, prompt and resource of server-everything as a program is the same through the listener', async (t) => {
  const program = { command: process.execPath, args: EVERYTHING };
  await assertSame(t, [started(EVERYTHING), await behindListener(t, program)]);
});
