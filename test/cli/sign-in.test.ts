import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startHttpServer } from '../support/http-server.ts';
import { answerJson } from '../support/mcp-answers.ts';
import { type ProtectedServer, startProtectedServer } from '../support/protected-server.ts';
import { type AtTerminal, KEYS, runAtTerminal } from '../support/pty.ts';
import { type Ran, run, temporaryFolder } from '../support/run-cli.ts';

const BROWSER = `${process.execPath} ${fileURLToPath(new URL('../support/browser.js', import.meta.url))}`;

/** A machine of its own: nobody is signed in to anything yet. */
function machine(t: TestContext, browser = BROWSER, variables: Record<string, string> = {}) {
  const home = join(temporaryFolder(t), 'home');
  const env = { ...variables, POLICYLAYER_HOME: home, BROWSER: browser };
  const kept = (): string[] => readdirSync(join(home, 'sign-ins'), { recursive: true, encoding: 'utf8' });
  return {
    home,
    kept,
    record: () => JSON.parse(readFileSync(join(home, 'sign-ins', kept()[0] ?? ''), 'utf8')),
    /** Changes what is kept, as time does. */
    age: (change: object) => {
      const file = join(home, 'sign-ins', kept()[0] ?? '');
      writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...change }));
    },
    atTerminal: (...args: string[]): AtTerminal => runAtTerminal(args, { env, columns: 200 }),
    withoutTerminal: (...args: string[]): Promise<Ran> => run(args, { env }),
  };
}

type Machine = ReturnType<typeof machine>;

async function signInByScan({ atTerminal }: Machine, { url }: ProtectedServer): Promise<AtTerminal> {
  const terminal = atTerminal('scan', url);
  await terminal.waitFor(/Open a page of .* in the browser\?/);
  terminal.type(`y${KEYS.enter}`);
  return terminal;
}

async function signedIn(t: TestContext, server: ProtectedServer): Promise<Machine> {
  const own = machine(t);
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 0, terminal.screen());
  return own;
}

const tokensOf = ({ seen }: ProtectedServer): string[] =>
  seen.flatMap(({ authorization }) => (authorization?.startsWith('Bearer ') ? [authorization.slice(7)] : []));

test('a server that wants to know who asks is scanned after a sign-in, and from then on without one', async (t) => {
  const server = await startProtectedServer();
  const own = machine(t);
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 0);
  const screen = terminal.screen();
  assert.match(
    screen,
    new RegExp(`${server.url}\\) wants you to sign in.*authorisation server is ${server.issuer}`, 's'),
  );
  assert.match(screen, /list_orders +Read/);
  const page = new URL(/Sign in at (\S+)/.exec(screen)?.[1] ?? '');
  assert.equal(page.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(page.searchParams.get('resource'), server.url);
  assert.match(page.searchParams.get('redirect_uri') ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
  for (const again of [own.atTerminal('scan', server.url), own.atTerminal('explain', server.url, 'list_orders')])
    assert.equal(await again.exit, 0, again.screen());
  const { exitCode, stdout } = await own.withoutTerminal('scan', '--json', server.url);
  assert.deepEqual([exitCode, JSON.parse(stdout).servers.length], [0, 1]);
  assert.equal(server.pages, 1);
});

test('tokens are kept where nobody else can read them, and are never shown', async (t) => {
  const server = await startProtectedServer();
  const own = machine(t);
  const terminal = await signInByScan(own, server);
  await terminal.exit;
  const [file = '', ...others] = own.kept();
  assert.deepEqual(others, []);
  assert.match(file, /^127\.0\.0\.1-[0-9a-f]{32}\.json$/);
  assert.equal(statSync(join(own.home, 'sign-ins', file)).mode & 0o777, 0o600);
  assert.equal(statSync(join(own.home, 'sign-ins')).mode & 0o777, 0o700);
  const { tokens } = own.record();
  const list = await own.withoutTerminal('auth', 'list', '--json');
  assert.equal(JSON.parse(list.stdout)[0].server, server.url);
  for (const shown of [terminal.screen(), list.stdout, (await own.withoutTerminal('auth', 'list')).stdout])
    for (const secret of [tokens.access_token, tokens.refresh_token]) assert.ok(!shown.includes(secret));
});

test('a server of the stateless revision is sent the token too', async (t) => {
  const server = await startProtectedServer({ revision: 'stateless' });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 0, terminal.screen());
  assert.match(terminal.screen(), /MCP 2026-07-28/);
});

test('a token whose time is over is renewed without a person', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  const before = own.record();
  own.age({ expiresAt: 1 });
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
  assert.deepEqual([server.pages, server.renewals], [1, 1]);
  const after = own.record();
  assert.notEqual(after.tokens.refresh_token, before.tokens.refresh_token);
  assert.ok(after.expiresAt > Date.now());
  assert.equal(statSync(join(own.home, 'sign-ins', own.kept()[0] ?? '')).mode & 0o777, 0o600);
});

test('a token that the server ends before its time is renewed too', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  server.endTokens();
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
  assert.deepEqual([server.pages, server.renewals], [1, 1]);
});

test('of many processes that find the token over one renews it, and none loses the sign-in', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  own.age({ expiresAt: 1 });
  const scans = await Promise.all(Array.from({ length: 5 }, () => own.withoutTerminal('scan', server.url)));
  assert.deepEqual(
    scans.map(({ exitCode }) => exitCode),
    [0, 0, 0, 0, 0],
  );
  assert.deepEqual([server.pages, server.renewals, own.kept().length], [1, 1, 1]);
});

test('a sign-in that cannot be renewed leads back to the browser at a terminal, and to an error elsewhere', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  server.endTokens();
  server.endSignIns();
  const { stderr, exitCode } = await own.withoutTerminal('scan', server.url);
  assert.match(
    stderr,
    /^error: Your sign-in to the server .* is over\.\ncause: .*\nhint: {2}Run "policylayer scan http/,
  );
  assert.equal(exitCode, 2);
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 0);
  assert.equal(server.pages, 2);
});

test('who says no is not sent anywhere', async (t) => {
  const server = await startProtectedServer();
  const own = machine(t);
  for (const answer of ['n', '']) {
    const terminal = own.atTerminal('scan', server.url);
    await terminal.waitFor(/in the browser\?/);
    terminal.type(`${answer}${KEYS.enter}`);
    assert.equal(await terminal.exit, 2);
    assert.match(terminal.screen(), /error: Nobody signed in to the server/);
  }
  assert.deepEqual([server.pages, server.clients.size], [0, 0]);
});

test('an answer with another state is turned away, and the right one still counts', async (t) => {
  const server = await startProtectedServer({ page: 'other state first' });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 0, terminal.screen());
});

test('an answer from another authorisation server is refused, and its code is used nowhere', async (t) => {
  const server = await startProtectedServer({ page: 'other issuer' });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 2);
  assert.match(
    terminal.screen(),
    /is not who it should be\..*The answer is from https:\/\/someone-else\.example, and/s,
  );
  assert.ok(!server.seen.some(({ path }) => path === '/token'));
});

test('who denies access on the page is told so in the terminal', async (t) => {
  const server = await startProtectedServer({ page: 'denied' });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 2);
  assert.match(
    terminal.screen(),
    /error: The authorisation server refused.*cause: It answered "access_denied": Not you\./s,
  );
});

test('Ctrl-C ends the wait for the browser and leaves nothing', async (t) => {
  const server = await startProtectedServer({ page: 'nothing' });
  const own = machine(t);
  const terminal = await signInByScan(own, server);
  await terminal.waitFor(/Waiting for the browser/);
  const back = new URL(
    /redirect_uri=([^&\s]+)/.exec(terminal.screen())?.[1]?.replace(/%3A/g, ':').replace(/%2F/g, '/') ?? '',
  );
  assert.equal((await fetch(back)).status, 400);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
  await assert.rejects(fetch(back));
  assert.doesNotMatch(terminal.screen(), /error:/);
  assert.throws(own.kept, /ENOENT/);
});

test('Ctrl-C at the question ends with 130 too', async (t) => {
  const server = await startProtectedServer();
  const terminal = machine(t).atTerminal('scan', server.url);
  await terminal.waitFor(/in the browser\?/);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
  assert.doesNotMatch(terminal.screen(), /error:|bug/);
});

test('without a terminal nothing is opened or waited for, and the ways out are named', async (t) => {
  const server = await startProtectedServer();
  const own = machine(t);
  const { stderr, exitCode } = await own.withoutTerminal('scan', server.url);
  assert.equal(exitCode, 2);
  const [error, cause, hint, ...rest] = stderr.trimEnd().split('\n');
  assert.match(error ?? '', /^error: .* wants to know who asks\.$/);
  assert.match(cause ?? '', /^cause: .*401/);
  assert.ok(hint?.includes(`"policylayer scan ${server.url}" at a terminal`));
  assert.match(hint ?? '', /--token-env NAME.*--header/);
  assert.deepEqual([rest, server.pages], [[], 0]);
  assert.ok(server.seen.every(({ path }) => path === '/mcp'));
  assert.match((await own.withoutTerminal('auth', 'login', server.url)).stderr, /error: Nobody is there to sign in/);
});

test('two servers that want a sign-in get it one after the other', async (t) => {
  const servers = [await startProtectedServer(), await startProtectedServer()];
  const own = machine(t);
  const terminal = own.atTerminal('scan', ...servers.map(({ url }) => url));
  for (const _ of servers) {
    await terminal.waitFor(/in the browser\?/);
    terminal.type(`y${KEYS.enter}`);
    await terminal.waitFor(/Waiting for the browser/);
  }
  assert.equal(await terminal.exit, 0);
  assert.deepEqual([servers.map(({ pages }) => pages), own.kept().length], [[1, 1], 2]);
  for (const [at, server] of servers.entries())
    for (const token of tokensOf(server)) assert.ok(!tokensOf(servers[1 - at] as ProtectedServer).includes(token));
});

test('an authorisation server at an address that is not safe is never visited', async (t) => {
  const unsafe = 'http://authorisation.example';
  const own = machine(t);
  const bad = [
    { resourceMetadata: (url: string) => ({ resource: url, authorization_servers: [unsafe] }) },
    { authorizationServerMetadata: endpoints({ authorization_endpoint: `${unsafe}/authorize` }) },
    { authorizationServerMetadata: endpoints({ token_endpoint: `${unsafe}/token` }) },
    { authorizationServerMetadata: endpoints({ registration_endpoint: `${unsafe}/register` }) },
  ];
  for (const says of bad) {
    const server = await startLyingServer(says);
    const terminal = own.atTerminal('scan', server);
    assert.equal(await terminal.exit, 2);
    assert.match(
      terminal.screen(),
      /error: .* names an address for the sign-in that is not safe\..*http:\/\/authorisation\.example/s,
    );
    assert.doesNotMatch(terminal.screen(), /in the browser\?/);
  }
});

test('an address with another scheme, and metadata of somebody else, end the sign-in before anybody is asked', async (t) => {
  const own = machine(t);
  const bad = [
    [{ authorizationServerMetadata: endpoints({ authorization_endpoint: 'file:///etc/passwd' }) }, /not safe/],
    [{ authorizationServerMetadata: endpoints({ issuer: 'https://bank.example' }) }, /is not who it should be/],
    [
      {
        resourceMetadata: (url: string) => ({
          resource: 'https://bank.example/mcp',
          authorization_servers: [new URL(url).origin],
        }),
      },
      /does not match/,
    ],
    [{ authorizationServerMetadata: () => 'x'.repeat(3_000_000) }, /too large/],
    [{ authorizationServerMetadata: () => ({ issuer: 7 }) }, /lacks what it has to say/],
  ] as const;
  for (const [says, expected] of bad) {
    const terminal = own.atTerminal('scan', await startLyingServer(says));
    assert.equal(await terminal.exit, 2);
    assert.match(terminal.screen(), expected);
    assert.doesNotMatch(terminal.screen(), /in the browser\?/);
  }
});

test('a server that takes tokens of another kind is no reason to open a browser', async (t) => {
  const url = await startHttpServer((_request, response) => answerJson(response, { error: 'no' }, 401));
  const terminal = machine(t).atTerminal('scan', `${url}/mcp`);
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /offers no sign-in in a browser.*--token-env NAME/s);
});

test('a token does not follow a redirect, nor a server that moves to another authorisation server', async (t) => {
  const stranger: string[] = [];
  const elsewhere = await startHttpServer((request, response) => {
    stranger.push(`${request.url} ${request.headers.authorization}`);
    answerJson(response, {}, 404);
  });
  const server = await startProtectedServer({
    mcp: (_request, response) => response.writeHead(307, { location: `${elsewhere}/mcp` }).end(),
  });
  const own = machine(t);
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /points to another place/);
  assert.deepEqual(stranger, []);
  own.age({ expiresAt: 1, tokens: { ...own.record().tokens, issuer: elsewhere } });
  const { stderr } = await own.withoutTerminal('scan', server.url);
  assert.match(stderr, /wants to know who asks/);
  assert.deepEqual([stranger, server.renewals], [[], 0]);
});

test('what is kept for one address is not sent to another of the same host', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  const before = server.seen.length;
  await own.withoutTerminal('scan', `${server.url}/`, `${server.url}?tenant=2`);
  assert.ok(server.seen.slice(before).every(({ authorization }) => authorization === undefined));
});

test('a client that was registered by hand is used where the server registers nobody', async (t) => {
  const server = await startProtectedServer({ registration: false });
  const own = machine(t);
  const refused = await signInByScan(own, server);
  assert.equal(await refused.exit, 2);
  assert.match(refused.screen(), /hint: .*policylayer auth login --client-id ID http/);
  server.clients.set('by-hand', {
    client_id: 'by-hand',
    redirect_uris: ['http://127.0.0.1/callback'],
    token_endpoint_auth_method: 'none',
  });
  const login = own.atTerminal('auth', 'login', '--client-id', 'by-hand', server.url);
  await login.waitFor(/in the browser\?/);
  login.type(`y${KEYS.enter}`);
  assert.equal(await login.exit, 0, login.screen());
  assert.match(login.screen(), /Signed in to /);
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
  server.endTokens();
  server.endSignIns();
  const again = await signInByScan(own, server);
  assert.equal(await again.exit, 0, again.screen());
});

test('after a logout nothing is kept', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  assert.equal((await own.withoutTerminal('auth', 'logout', server.url)).exitCode, 0);
  assert.deepEqual(own.kept(), []);
  assert.match((await own.withoutTerminal('auth', 'logout', server.url)).stderr, /^error: There is no sign-in to http/);
  assert.equal((await own.withoutTerminal('auth', 'list')).stdout, '');
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 2);
});

test('a broken file of a sign-in counts as none', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  writeFileSync(join(own.home, 'sign-ins', own.kept()[0] ?? ''), '{"tokens": {"__proto__": 1');
  assert.match((await own.withoutTerminal('scan', server.url)).stderr, /wants to know who asks/);
});

test('where no browser can be started, the address is there to be opened by hand', async (t) => {
  const server = await startProtectedServer();
  const terminal = await signInByScan(machine(t, 'no-such-browser --new'), server);
  await terminal.waitFor(/No browser could be started/);
  await fetch(/Sign in at (\S+)/.exec(terminal.screen())?.[1] ?? '');
  assert.equal(await terminal.exit, 0, terminal.screen());
});

test('from a browser on another machine the address it ends at is pasted', async (t) => {
  const server = await startProtectedServer();
  const terminal = await signInByScan(machine(t, 'true'), server);
  await terminal.waitFor(/paste the address/);
  const page = /Sign in at (\S+)/.exec(terminal.screen())?.[1] ?? '';
  const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
  for (const wrong of [page, back.replace(/state=[^&]+/, 'state=x'), 'no address']) {
    terminal.type(`${wrong}${KEYS.enter}`);
    await terminal.waitFor(/That is not the address/);
  }
  terminal.type(`${back}${KEYS.enter}`);
  assert.equal(await terminal.exit, 0, terminal.screen());
});

test('an address counts that is pasted before it is asked for, in quotes, or right after a wrong one', async (t) => {
  const server = await startProtectedServer();
  const terminal = await signInByScan(machine(t, 'true'), server);
  const page = /Sign in at (\S+)\s/.exec(await terminal.waitFor(/Sign in at \S+\s/))?.[1] ?? '';
  const back = (await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '';
  terminal.type(`no address${KEYS.enter}then "${back}"${KEYS.enter}`);
  assert.equal(await terminal.exit, 0, terminal.screen());
});

test('an answer that does not say who it is from is refused where the authorisation server promised that it would', async (t) => {
  const server = await startProtectedServer({
    page: 'no issuer',
    metadata: { authorization_response_iss_parameter_supported: true },
  });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /does not say who it is from, though it promised to/);
  const silent = await signInByScan(machine(t), await startProtectedServer({ page: 'no issuer' }));
  assert.equal(await silent.exit, 0, silent.screen());
});

test('a client metadata document is named where the authorisation server reads such', async (t) => {
  const id = 'https://client.example/policylayer.json';
  const server = await startProtectedServer({ metadata: { client_id_metadata_document_supported: true } });
  const document = { client_id: id, redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' };
  server.clients.set(id, document);
  const own = machine(t);
  const login = own.atTerminal('auth', 'login', '--client-id', id, server.url);
  await login.waitFor(/in the browser\?/);
  login.type(`y${KEYS.enter}`);
  assert.equal(await login.exit, 0, login.screen());
  assert.deepEqual([...server.clients.keys()], [id]);
  own.age({ expiresAt: 1 });
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
});

test('the secret of a client comes from a variable, goes to its authorisation server alone, and is not shown', async (t) => {
  const server = await startProtectedServer({ registration: false });
  const client_secret = 'very-secret-client';
  server.clients.set('by-hand', { client_id: 'by-hand', client_secret, redirect_uris: ['http://127.0.0.1/callback'] });
  const own = machine(t, BROWSER, { SHOP_SECRET: client_secret });
  const args = ['auth', 'login', '--client-id', 'by-hand', '--client-secret-env', 'SHOP_SECRET', server.url];
  const login = own.atTerminal(...args);
  await login.waitFor(/in the browser\?/);
  login.type(`y${KEYS.enter}`);
  assert.equal(await login.exit, 0, login.screen());
  own.age({ expiresAt: 1 });
  const { exitCode, stdout, stderr } = await own.withoutTerminal('scan', server.url);
  assert.equal(exitCode, 0);
  assert.ok(!(login.screen() + stdout + stderr).includes(client_secret));
  assert.ok(server.seen.every(({ path, query }) => !`${path}${query}`.includes(client_secret)));
});

test('a server that denies access after the sign-in too is not asked about again and again', async (t) => {
  const server = await startProtectedServer({
    mcp: (_request, response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'),
  });
  const terminal = await signInByScan(machine(t), server);
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /error: You signed in, and the server .* still denies access\./);
  assert.equal(server.pages, 1);
});

test('a token that is good for too little leads to a sign-in for what is asked', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  server.scopes.push('tools:read');
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 2);
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 0, terminal.screen());
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
});

test('a sign-in that cannot be renewed because nobody answers is kept', async (t) => {
  const server = await startProtectedServer();
  const own = await signedIn(t, server);
  own.age({ expiresAt: 1 });
  const before = own.record();
  server.isDown = true;
  const { stderr, exitCode } = await own.withoutTerminal('scan', server.url);
  assert.match(stderr, /^error: Could not renew the sign-in to the server .*\ncause: .*503/);
  assert.deepEqual([exitCode, own.record()], [2, before]);
  server.isDown = false;
  assert.equal((await own.withoutTerminal('scan', server.url)).exitCode, 0);
});

test('a folder that cannot be written to is named', async (t) => {
  const server = await startProtectedServer();
  const own = machine(t);
  mkdirSync(own.home);
  writeFileSync(join(own.home, 'sign-ins'), '');
  const terminal = await signInByScan(own, server);
  assert.equal(await terminal.exit, 2);
  assert.match(terminal.screen(), /error: Could not change the sign-ins.*POLICYLAYER_HOME/s);
});

/** What an authorisation server at `origin` says about itself, with something changed. */
function endpoints(change: object): (origin: string) => object {
  return (origin) => ({
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    response_types_supported: ['code'],
    ...change,
  });
}

interface Lies {
  readonly resourceMetadata?: (url: string) => object;
  readonly authorizationServerMetadata?: (origin: string) => unknown;
}

/** The address of a server that wants a sign-in and says about it what the test wants. */
async function startLyingServer({
  resourceMetadata,
  authorizationServerMetadata = endpoints({}),
}: Lies): Promise<string> {
  const origin = await startHttpServer((request, response) => {
    const url = `${origin}/mcp`;
    if (request.url === '/.well-known/oauth-protected-resource/mcp')
      return answerJson(response, resourceMetadata?.(url) ?? { resource: url, authorization_servers: [origin] });
    if (request.url === '/.well-known/oauth-authorization-server')
      return answerJson(response, authorizationServerMetadata(origin));
    answerJson(response, {}, 401);
  });
  return `${origin}/mcp`;
}
