/** A server over HTTP that wants to know who asks, behind the gateway. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startGateway } from '../support/gateway-run.ts';
import { type ProtectedServer, startProtectedServer } from '../support/protected-server.ts';
import { KEYS, runAtTerminal } from '../support/pty.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const BROWSER = `${process.execPath} ${fileURLToPath(new URL('../support/browser.js', import.meta.url))}`;

function machine(t: TestContext) {
  const home = join(temporaryFolder(t), 'home');
  mkdirSync(home);
  return { POLICYLAYER_HOME: home, BROWSER };
}

async function signIn(env: Record<string, string>, { url }: ProtectedServer): Promise<void> {
  const terminal = runAtTerminal(['auth', 'login', url], { env, columns: 200 });
  await terminal.waitFor(/in the browser\?/);
  terminal.type(`y${KEYS.enter}`);
  assert.equal(await terminal.exit, 0, terminal.screen());
}

const tokensOf = ({ seen }: ProtectedServer): string[] =>
  seen.flatMap(({ authorization }) => (authorization?.startsWith('Bearer ') ? [authorization.slice(7)] : []));

test('who is not signed in is told how, by the answer and on stderr, and needs no new gateway once that is done', async (t) => {
  const server = await startProtectedServer();
  const env = machine(t);
  const gateway = startGateway(t, { target: [server.url], env });
  const { error } = await gateway.ask(1, 'tools/list');
  assert.match(error?.message ?? '', /wants to know who asks\. .*status 401.*"policylayer auth login http:/);
  assert.match(gateway.stderr(), /"level":"error".*wants to know who asks.*policylayer auth login/);
  await signIn(env, server);
  for (let id = 2; ; id += 1) {
    const { result } = await gateway.ask(id, 'tools/list');
    if (result !== undefined) break;
  }
  assert.equal(await gateway.end(), 0);
});

for (const revision of ['initialized', 'stateless'] as const)
  test(`a token that ends while the client is there is renewed, and the client sees nothing of it: ${revision}`, async (t) => {
    const server = await startProtectedServer({ revision });
    const env = machine(t);
    await signIn(env, server);
    const gateway = startGateway(t, { target: [server.url], env });
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const list = (id: number) => gateway.ask(id, 'tools/list', revision === 'stateless' ? { _meta: meta } : {});
    assert.ok((await list(1)).result);
    server.endTokens();
    const answers = await Promise.all([2, 3, 4, 5].map(list));
    assert.ok(
      answers.every(({ result }) => result !== undefined),
      JSON.stringify(answers),
    );
    assert.equal(server.renewals, 1);
    await gateway.end();
    for (const token of tokensOf(server)) assert.ok(!`${gateway.stdout()}${gateway.stderr()}`.includes(token));
  });

test('a sign-in that is over is told as such', async (t) => {
  const server = await startProtectedServer();
  const env = machine(t);
  await signIn(env, server);
  server.endTokens();
  server.endSignIns();
  const gateway = startGateway(t, { target: [server.url], env });
  assert.match((await gateway.ask(1, 'tools/list')).error?.message ?? '', /policylayer auth login/);
});

test('a token that was given is sent in the place of a sign-in, and one that is refused is told as such', async (t) => {
  const server = await startProtectedServer();
  const env = { ...machine(t), TOKEN: 'made-up-token-of-somebody' };
  await signIn(env, server);
  const before = server.seen.length;
  const gateway = startGateway(t, { target: [server.url], flags: ['--token-env', 'TOKEN'], env });
  assert.match(
    (await gateway.ask(1, 'tools/list')).error?.message ?? '',
    /did not accept the credentials it was given/,
  );
  const sent = server.seen.slice(before).map(({ authorization }) => authorization);
  assert.deepEqual(sent, ['Bearer made-up-token-of-somebody']);
  assert.ok(!`${gateway.stdout()}${gateway.stderr()}`.includes('made-up-token'));
});
