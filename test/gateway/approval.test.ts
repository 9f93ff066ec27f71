/** Approval from end to end, in both protocol eras. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client as StatelessClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as StatelessTransport } from '@modelcontextprotocol/client/stdio';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { startGateway } from '../support/gateway-run.ts';
import { bin } from '../support/installed-server.ts';
import { BIN, run, temporaryFolder } from '../support/run-cli.ts';

const asking = (tool: string) => ({
  version: '1',
  default: 'deny',
  hide: ['delete_item'],
  tools: { [tool]: { require_approval: [{ conditions: [], on_deny: 'Somebody has to look at this.' }] } },
});

function gatewayArgs(t: TestContext, tool: string, server: readonly string[]): string[] {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(asking(tool)));
  const flags = ['--policy', policy, '--state', join(folder, 'state.db'), '--log', 'off'];
  return [BIN, 'gateway', ...flags, '--', process.execPath, ...server];
}

const ANSWERS = [
  { answer: { action: 'accept' as const, content: { decision: 'once' } }, isLetThrough: true },
  { answer: { action: 'accept' as const, content: { decision: 'deny' } }, isLetThrough: false },
  { answer: { action: 'cancel' as const }, isLetThrough: false },
];

test('a client of the 2025 era asks its person, and the server sees the call only after a yes', async (t) => {
  const everything = [bin('@modelcontextprotocol/server-everything'), 'stdio'];
  const client = new Client({ name: 'test', version: '1' }, { capabilities: { elicitation: {} } });
  let asked = '';
  let next = ANSWERS[0]?.answer;
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    asked = params.message;
    return next ?? { action: 'cancel' };
  });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: gatewayArgs(t, 'echo', everything), stderr: 'ignore' }),
  );
  t.after(() => client.close());
  for (const { answer, isLetThrough } of ANSWERS) {
    next = answer;
    const result = await client.callTool({ name: 'echo', arguments: { message: 'hello' } });
    assert.equal(result.isError === true, !isLetThrough);
    assert.match(asked, /Somebody has to look at this[\s\S]*"echo"[\s\S]*"hello"/);
  }
});

test('a client of the stateless era is asked by the answer to its call, and comes again', async (t) => {
  const server = [fileURLToPath(new URL('../support/stateless-server.js', import.meta.url)), 'stdio'];
  const client = new StatelessClient(
    { name: 'test', version: '1' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  let next = ANSWERS[0]?.answer;
  let asked = 0;
  client.setRequestHandler('elicitation/create', () => {
    asked += 1;
    return next ?? { action: 'cancel' };
  });
  await client.connect(
    new StatelessTransport({ command: process.execPath, args: gatewayArgs(t, 'get_item', server), stderr: 'ignore' }),
  );
  t.after(() => client.close());
  assert.deepEqual(
    (await client.listTools()).tools.map(({ name }) => name),
    ['get_item'],
  );
  for (const { answer, isLetThrough } of ANSWERS) {
    next = answer;
    const result = await client.callTool({ name: 'get_item', arguments: { id: '1' } });
    assert.equal(result.isError === true, !isLetThrough);
  }
  assert.equal(asked, ANSWERS.length);
  assert.equal((await client.callTool({ name: 'delete_item', arguments: { id: '1' } })).isError, true);
});

test('where the client cannot ask, the call waits for "policylayer approvals"; others do not wait for it', async (t) => {
  const policy = asking('read');
  const gateway = startGateway(t, { policy: { ...policy, tools: { ...policy.tools, pay: {} } } });
  const waiting = gateway.ask(1, 'tools/call', { name: 'read', arguments: { path: '/etc' } });
  assert.equal((await gateway.ask(2, 'tools/call', { name: 'pay' })).result?.content?.[0]?.text, 'did pay');
  const list = await run(['approvals', '--json', '--state', gateway.stateFile]);
  const id = /"id": "([^"]+)"/.exec(list.stdout)?.[1] ?? list.stdout;
  assert.match((await run(['approvals', 'show', id, '--state', gateway.stateFile])).stdout, /\/etc/);
  assert.doesNotMatch(gateway.received(), /etc/);
  assert.match(gateway.stderr(), new RegExp(`"event":"asked".*It waits as ${id} for`));
  const approved = await run(['approvals', 'approve', id, '--state', gateway.stateFile]);
  assert.equal(approved.exitCode, 0, approved.stderr);
  assert.equal((await waiting).result?.content?.[0]?.text, 'did read');
});
