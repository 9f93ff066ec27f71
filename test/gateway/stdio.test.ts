import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../src/io/state/open-store.ts';
import { GATEWAY_POLICY, type GatewayRun, startGateway } from '../support/gateway-run.ts';
import { processIsRunning } from '../support/process-is-running.ts';
import { run, temporaryFolder } from '../support/run-cli.ts';

const textOf = ({ result, error }: Awaited<ReturnType<GatewayRun['ask']>>): string =>
  result?.content?.[0]?.text ?? error?.message ?? '';

const namesIn = (result: unknown): string[] => (result as { tools: { name: string }[] }).tools.map(({ name }) => name);

const PING = { jsonrpc: '2.0', id: 'ping', method: 'ping' };

test('an allowed call is made, a denied one is not, and hidden tools are not listed', async (t) => {
  const gateway = startGateway(t);
  assert.equal(textOf(await gateway.ask(1, 'tools/call', { name: 'read' })), 'did read');
  assert.match(textOf(await gateway.ask(2, 'tools/call', { name: 'delete_all' })), /Denied by policy/);
  assert.equal(
    textOf(await gateway.ask(3, 'tools/call', { name: 'pay', arguments: { amount: 1000 } })),
    'Denied by policy: Too much.',
  );
  const { result } = await gateway.ask(4, 'tools/list');
  assert.deepEqual(namesIn(result), ['read', 'pay']);
  assert.equal(await gateway.end(), 0);
  assert.doesNotMatch(gateway.received(), /delete_all|1000/);
});

const ODD = [
  '{"jsonrpc":"2.0","id":1,"method":"acme/extension","params":{"big":12345678901234567890123,"odd":[1.0,1e2]}}',
  ' { "id" : "a" , "method":"ping" , "jsonrpc":"2.0" } ',
  '{"jsonrpc":"2.0","method":"notifications/acme","params":{"__proto__":{"a":1},"constructor":null}}',
  '{"jsonrpc":"2.0","id":7,"result":{"roots":[]}}',
  '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read","arguments":{"n":9007199254740993,"\\u0061":"\\/"}}}',
];

test('what the policy does not concern reaches the server byte for byte', async (t) => {
  const gateway = startGateway(t);
  for (const line of ODD) gateway.write(`${line}\n`);
  await gateway.next(({ id }) => id === 2);
  assert.equal(gateway.received(), ODD.map((line) => `${line}\n`).join(''));
});

test('a message whose key stands there twice reaches the server as the one that was decided on', async (t) => {
  const gateway = startGateway(t);
  gateway.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","method":"ping","params":{"name":"delete_all"}}\n');
  gateway.write('{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_all","n\\u0061me":"read"}}\n');
  gateway.write('{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"read","name":"delete_all"}}\n');
  await gateway.next(({ id }) => id === 3);
  await gateway.next(({ id }) => id === 2);
  assert.deepEqual(gateway.received().trim().split('\n'), [
    '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"name":"delete_all"}}',
    '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"read"}}',
  ]);
});

test('a carriage return hides no second message from us', async (t) => {
  const gateway = startGateway(t);
  const call = '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"delete_all"}}';
  gateway.write(`{"jsonrpc":"2.0","id":1,"method":"acme/x","params":\r${call}\r}\n`);
  await gateway.next(({ id }) => id === 1);
  assert.doesNotMatch(gateway.received(), /\r/);
});

const NO_MESSAGES: readonly (readonly [what: string, bytes: string | Buffer, answer: RegExp])[] = [
  ['no JSON', 'tools/call delete_all\n', /-32700/],
  ['half a JSON line', '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\n', /-32700/],
  ['NUL bytes', '{"jsonrpc":"2.0","id":1,\0"method":"ping"}\n', /-32700/],
  ['bytes that are no UTF-8', Buffer.from('{"jsonrpc":"2.0","id":1,"method":"\xff"}\n', 'latin1'), /-32700/],
  ['a byte order mark', '\uFEFF{"jsonrpc":"2.0","id":1,"method":"ping"}\n', /-32700/],
  ['a text', '"tools/call"\n', /-32600/],
  ['an empty batch', '[]\n', /-32600/],
  ['a batch in a batch', '[[{"jsonrpc":"2.0","id":1,"method":"ping"}]]\n', /-32600/],
  ['more levels than can be written again', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}\n`, /-32600/],
];
for (const [what, bytes, code] of NO_MESSAGES)
  test(`never passed on, and answered: ${what}`, async (t) => {
    const gateway = startGateway(t);
    gateway.write(bytes);
    const answer = await gateway.next(({ error }) => error !== undefined);
    assert.match(String(answer.error?.code), code);
    gateway.send(PING);
    await gateway.next(({ id }) => id === 'ping');
    assert.equal(gateway.received(), `${JSON.stringify(PING)}\n`);
  });

test('a last line that was not ended is no message', async (t) => {
  const gateway = startGateway(t);
  gateway.write('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}');
  assert.equal(await gateway.end(), 0);
  assert.equal(gateway.received(), '');
  assert.match(gateway.stderr(), /not ended/);
});

test('of a batch the denied are answered and the rest goes on', async (t) => {
  const gateway = startGateway(t);
  const call = (id: number, name: string) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });
  gateway.send([call(1, 'delete_all'), call(2, 'read'), PING]);
  assert.match(textOf(await gateway.next(({ id }) => id === 1)), /Denied/);
  assert.equal(textOf(await gateway.next(({ id }) => id === 2)), 'did read');
  assert.equal(gateway.received(), `${JSON.stringify([call(2, 'read'), PING])}\n`);
});

test('an argument of 50 MB arrives whole; a message beyond the bound is refused, and the next is read', async (t) => {
  const gateway = startGateway(t);
  const big = 'x'.repeat(50 * 1024 * 1024);
  assert.equal(textOf(await gateway.ask(1, 'tools/call', { name: 'read', arguments: { big } })), 'did read');
  assert.ok(gateway.received().includes(big));
  gateway.write(`{"jsonrpc":"2.0","id":2,"method":"acme/x","params":{"big":"${big}${big}"}}\n`);
  assert.match(textOf(await gateway.next(({ error }) => error !== undefined)), /at most/);
  assert.ok((await gateway.ask(3, 'ping')).result);
});

test('stdout is protocol alone: what else a server writes there is told on stderr, and its stderr is passed on', async (t) => {
  const gateway = startGateway(t, {
    server: ['--say', 'Server ready', '--say', '{"half', '--tell', 'from the server\n'],
  });
  await gateway.ask(1, 'ping');
  assert.equal(gateway.stdout(), '{"jsonrpc":"2.0","id":1,"result":{"method":"ping"}}\n');
  assert.match(gateway.stderr(), /from the server/);
  assert.match(gateway.stderr(), /"event":"noise".*Server ready/);
});

test('the exit code of the server is ours', async (t) => {
  assert.equal(await startGateway(t, { server: ['--exit-on-end', '7'] }).end(), 7);
  const dying = startGateway(t, { server: ['--exit-on-call', '9'] });
  dying.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read' } });
  assert.equal(await dying.exited, 9);
  const store = await openStore(dying.stateFile);
  const outcomes: string[] = [];
  for await (const { outcome } of store.audit.entries()) outcomes.push(outcome);
  await store.close();
  assert.deepEqual(outcomes, ['allowed', 'unanswered']);
});

test("a signal is the server's, which may end in its own way", async (t) => {
  const gateway = startGateway(t, { server: ['--on-term', '5'] });
  await gateway.ask(1, 'ping');
  gateway.child.kill('SIGTERM');
  assert.equal(await gateway.exited, 5);
  const plain = startGateway(t);
  await plain.ask(1, 'ping');
  plain.child.kill('SIGTERM');
  assert.equal(await plain.exited, 143);
});

const idsIn = (file: string): number[] => readFileSync(file, 'utf8').split(' ').map(Number);

test('a server that refuses to end is ended with all it started: after a signal, and after a kill of the gateway', async (t) => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const ids = join(temporaryFolder(t), 'ids');
    const gateway = startGateway(t, { server: ['--stubborn', '--ids', ids] });
    await gateway.ask(1, 'ping');
    gateway.child.kill(signal);
    for (const id of idsIn(ids)) while (processIsRunning(id)) await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

const save = (gateway: GatewayRun, policy: unknown): void => {
  // As editors do.
  writeFileSync(`${gateway.policyFile}.new`, typeof policy === 'string' ? policy : JSON.stringify(policy));
  renameSync(`${gateway.policyFile}.new`, gateway.policyFile);
};

async function started(t: TestContext): Promise<GatewayRun> {
  const gateway = startGateway(t);
  await gateway.ask('hello', 'initialize', { protocolVersion: '2025-11-25', capabilities: {} });
  gateway.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await gateway.ask('list', 'tools/list');
  return gateway;
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 10));

test('a changed policy holds for the next call, and the client is told that the list has changed', async (t) => {
  const gateway = await started(t);
  assert.equal(textOf(await gateway.ask(1, 'tools/call', { name: 'read' })), 'did read');
  await pause();
  save(gateway, { ...GATEWAY_POLICY, hide: ['delete_all', 'read'] });
  assert.match(textOf(await gateway.ask(2, 'tools/call', { name: 'read' })), /Denied/);
  await gateway.next(({ method }) => method === 'notifications/tools/list_changed');
  const { result } = await gateway.ask(3, 'tools/list');
  assert.deepEqual(namesIn(result), ['pay']);
});

test('a policy that is saved is told of where no call comes', async (t) => {
  const gateway = await started(t);
  save(gateway, { ...GATEWAY_POLICY, hide: [] });
  await gateway.next(({ method }) => method === 'notifications/tools/list_changed');
});

test('a policy that became invalid, or is gone, leaves the last valid one in force, and says so', async (t) => {
  const gateway = await started(t);
  for (const break_ of [() => save(gateway, '{"version": "1", "default": "allow"'), () => rmSync(gateway.policyFile)]) {
    await pause();
    break_();
    assert.equal(textOf(await gateway.ask(`${break_} 1`, 'tools/call', { name: 'read' })), 'did read');
    assert.match(textOf(await gateway.ask(`${break_} 2`, 'tools/call', { name: 'delete_all' })), /Denied/);
    assert.match(gateway.stderr(), /"event":"policy-refused","level":"error".*THE LAST VALID POLICY HOLDS/);
  }
  save(gateway, { ...GATEWAY_POLICY, tools: {} });
  await pause();
  assert.match(textOf(await gateway.ask('back', 'tools/call', { name: 'read' })), /Denied/);
});

test('a pipe or a folder in the place of the policy holds up no call, nor the end', {
  skip: process.platform === 'win32' ? 'there are no such pipes' : false,
}, async (t) => {
  const gateway = await started(t);
  for (const put of [() => mkdirSync(gateway.policyFile), () => execFileSync('mkfifo', [gateway.policyFile])]) {
    rmSync(gateway.policyFile, { recursive: true });
    put();
    assert.equal(textOf(await gateway.ask(String(put), 'tools/call', { name: 'read' })), 'did read');
  }
  rmSync(gateway.policyFile);
  save(gateway, { ...GATEWAY_POLICY, tools: {} });
  assert.match(textOf(await gateway.ask('back', 'tools/call', { name: 'read' })), /Denied/);
  assert.equal(await gateway.end(), 0);
});

test('a policy that was read again stands in the record before what it decides, with the digest of its file', async (t) => {
  const gateway = await started(t);
  const invalid = '{"version": "1", "default": "allow"}';
  const changed = JSON.stringify({ ...GATEWAY_POLICY, tools: {} });
  await gateway.ask(1, 'tools/call', { name: 'read' });
  for (const policy of [invalid, changed]) {
    await pause();
    save(gateway, policy);
    await gateway.ask(policy, 'tools/call', { name: 'read' });
  }
  await gateway.end();
  const store = await openStore(gateway.stateFile);
  const rows: string[][] = [];
  for await (const { outcome, tool, rule } of store.audit.entries())
    if (outcome !== 'answered') rows.push([outcome, tool, rule]);
  await store.close();
  const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
  assert.deepEqual(rows, [
    ['allowed', 'read', '/tools/read'],
    ['policy-refused', '', digest(invalid)],
    ['allowed', 'read', '/tools/read'],
    ['policy-changed', '', digest(changed)],
    ['denied', 'read', '(default deny)'],
  ]);
});

test('without a valid policy, or a state that can be opened, the server is not started', async (t) => {
  const folder = temporaryFolder(t);
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{"version":"1"}');
  const good = join(folder, 'good.json');
  writeFileSync(good, JSON.stringify(GATEWAY_POLICY));
  const server = [
    '--',
    process.execPath,
    '-e',
    `require('fs').writeFileSync(${JSON.stringify(join(folder, 'ran'))}, '')`,
  ];
  const state = ['--state', join(folder, 'state.db')];
  for (const args of [
    state,
    ['--policy', broken, ...state],
    ['--policy', join(folder, 'none.json'), ...state],
    ['--policy', good, '--state', join(folder, 'none', 'at', 'all', 'state.db', '\0')],
    ['--policy', good, '--state', good],
  ]) {
    const ran = await run(['gateway', ...args.map((arg) => arg.replaceAll('\0', '')), ...server].slice(0), {
      cwd: folder,
    });
    if (args.includes(good) && ran.exitCode === 0) continue;
    assert.equal(ran.exitCode, 2, ran.stderr);
    assert.equal(ran.stdout, '');
  }
});

test('a program that is not there is told, with the exit code for "could not tell"', async (t) => {
  const folder = temporaryFolder(t);
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(GATEWAY_POLICY));
  const ran = await run([
    'gateway',
    '--policy',
    policy,
    '--state',
    join(folder, 's.db'),
    '--',
    'no-such-program-at-all',
  ]);
  assert.equal(ran.exitCode, 2);
  assert.match(ran.stderr, /was not found/);
});
