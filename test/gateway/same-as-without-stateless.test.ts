/** In the revision without sessions, too, a client sees of a server through the gateway what it sees of it without. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { startHttpServer } from '../support/http-server.ts';
import { startListener } from '../support/listener-run.ts';
import { progressOf } from '../support/progress-of.ts';
import { BIN, temporaryFolder } from '../support/run-cli.ts';
import { statelessEverythingHandler } from '../support/stateless-everything.ts';

const PROGRAM = [fileURLToPath(new URL('../support/stateless-everything.js', import.meta.url)), 'stdio'];
const ALLOWS_ALL = { version: '1', default: 'allow', tools: {} };

type Transport = Parameters<Client['connect']>[0];

const started = (args: readonly string[]): Transport =>
  new StdioClientTransport({ command: process.execPath, args: [...args], stderr: 'ignore' });
const overHttp = (url: string): Transport => new StreamableHTTPClientTransport(new URL(url));

interface Connected {
  readonly client: Client;
  readonly progress: readonly unknown[];
}

async function connect(t: TestContext, transport: Transport): Promise<Connected> {
  const progress = progressOf(transport);
  const client = new Client(
    { name: 'test', version: '1' },
    {
      capabilities: { sampling: {}, elicitation: { form: {} }, roots: {} },
      versionNegotiation: { mode: { pin: '2026-07-28' } },
    },
  );
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { sure: true } }));
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///tmp' }] }));
  client.setRequestHandler('sampling/createMessage', () => ({
    model: 'm',
    role: 'assistant',
    content: { type: 'text', text: 'sampled' },
  }));
  t.after(() => client.close());
  await client.connect(transport);
  return { client, progress };
}

const plain = (value: unknown): string => JSON.stringify(value, null, 1);
const settled = (work: Promise<unknown>): Promise<string> =>
  work.then(plain, (error: Error) => `failed: ${error.message}`);

async function everythingOf({ client, progress }: Connected): Promise<Record<string, string>> {
  const seen: Record<string, string> = {
    server: plain([client.getServerVersion(), client.getInstructions(), client.getNegotiatedProtocolVersion()]),
    capabilities: plain({ ...client.getServerCapabilities(), tools: null }),
  };
  const logged: unknown[] = [];
  client.setNotificationHandler('notifications/message', ({ params }) => void logged.push(params));
  const updated = new Promise<string>((resolve) => {
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => resolve(plain(params.uri)));
  });
  const { tools } = await client.listTools();
  seen.tools = plain(tools);
  const meta = { 'io.modelcontextprotocol/logLevel': 'debug' };
  const { resources } = await client.listResources();
  const listening = await client.listen({ resourceSubscriptions: resources.map(({ uri }) => uri) });
  for (const { name } of tools) {
    const call = { name, arguments: name === 'echo' ? { text: 'hällo' } : {}, _meta: meta };
    seen[`tool ${name}`] = await settled(client.callTool(call, { onprogress: () => {} }));
    seen[`progress up to the answer of ${name}`] = plain(progress);
  }
  seen.logged = plain(logged);
  seen.updated = await updated;
  await listening.close();
  seen.wrong = await settled(client.callTool({ name: 'echo', arguments: { text: 1 } }));
  seen.resources = plain(resources);
  for (const uri of ['note://one', 'page://7', 'nothing://at/all'])
    seen[`resource ${uri}`] = await settled(client.readResource({ uri }));
  seen.templates = plain(await client.listResourceTemplates());
  const { prompts } = await client.listPrompts();
  seen.prompts = plain(prompts);
  for (const { name } of prompts)
    seen[`prompt ${name}`] = await settled(client.getPrompt({ name, arguments: { city: 'Rome' } }));
  return seen;
}

async function behindListener(t: TestContext, server: object): Promise<Transport> {
  const gateway = await startListener(t, {
    servers: { everything: server },
    policy: ALLOWS_ALL,
    flags: ['--log', 'off'],
  });
  return overHttp(gateway.url());
}

async function assertSame(t: TestContext, direct: Transport, behind: Transport): Promise<void> {
  const [without, through] = await Promise.all(
    [direct, behind].map(async (transport) => everythingOf(await connect(t, transport))),
  );
  assert.match(without?.['tool elicit'] ?? '', /sure: true, state: first/);
  assert.match(without?.['progress up to the answer of progress'] ?? '', /"progress": 3/);
  assert.match(without?.updated ?? '', /note:/);
  assert.deepEqual(through, without);
}

const startServer = async (): Promise<string> =>
  `${await startHttpServer(toNodeHandler(statelessEverythingHandler()) as unknown as RequestListener)}/mcp`;

test('a server over HTTP is the same through the listener', async (t) => {
  const url = await startServer();
  await assertSame(t, overHttp(url), await behindListener(t, { url }));
});

test('a server that is a program is the same through the listener', async (t) => {
  await assertSame(t, started(PROGRAM), await behindListener(t, { command: process.execPath, args: PROGRAM }));
});

test('a server is the same through the gateway over stdio, be it a program or over HTTP', async (t) => {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(ALLOWS_ALL));
  const gateway = [BIN, 'gateway', '--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off'];
  await assertSame(t, started(PROGRAM), started([...gateway, '--', process.execPath, ...PROGRAM]));
  const url = await startServer();
  await assertSame(t, overHttp(url), started([...gateway, url]));
});
