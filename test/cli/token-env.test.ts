import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHttpServer } from '../support/http-server.ts';
import { answerJson, answerMcp } from '../support/mcp-answers.ts';
import { run } from '../support/run-cli.ts';

const TOKEN = 'very-secret-token';
const env = { SHOP_TOKEN: `${TOKEN}\n`, EMPTY: '' };

/** A server that lists a tool to whoever has the token, and what it was sent. */
async function startShop(): Promise<{ url: string; seen: unknown[] }> {
  const seen: unknown[] = [];
  const url = await startHttpServer((request, response) => {
    seen.push(request.headers.authorization);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answerJson(response, { error: 'who?' }, 401);
    void answerMcp(request, response, [{ name: 'list_orders' }]);
  });
  return { url: `${url}/mcp`, seen };
}

test('the token in a variable is sent to the server, and neither shown nor repeated', async () => {
  const { url } = await startShop();
  const { stdout, stderr, exitCode } = await run(['scan', '--token-env', 'SHOP_TOKEN', url], { env });
  assert.equal(exitCode, 0, stderr);
  assert.match(stdout, /policylayer explain --token-env SHOP_TOKEN http/);
  assert.ok(!(stdout + stderr).includes(TOKEN));
});

test('a token for two hosts is sent to neither', async () => {
  const shops = [await startShop(), await startShop()];
  const { stderr, exitCode } = await run(['scan', '--token-env', 'SHOP_TOKEN', ...shops.map(({ url }) => url)], {
    env,
  });
  assert.match(stderr, /^error: The headers would be sent to more than one host\./);
  assert.deepEqual([exitCode, shops.flatMap(({ seen }) => seen)], [2, []]);
});

test('a token does not follow a redirect to another host', async () => {
  const { url, seen } = await startShop();
  const moved = await startHttpServer((_request, response) => response.writeHead(308, { location: url }).end());
  const { stderr } = await run(['scan', '--token-env', 'SHOP_TOKEN', `${moved}/mcp`], { env });
  assert.match(stderr, /points to another place/);
  assert.deepEqual(seen, []);
});

test('a token that is refused is said to be, and nobody is asked to sign in', async () => {
  const { url } = await startShop();
  const { stderr } = await run(['scan', '--header', 'Authorization: Bearer wrong-token', url]);
  assert.match(stderr, /^error: .* did not accept the credentials it was given\.\n.*401.*\nhint: {2}Check the token/);
});

test('a token that is missing, given twice or of no use is an error before anything is asked', async () => {
  const { url, seen } = await startShop();
  const wrong = [
    [['--token-env', 'EMPTY', url], /"EMPTY" is not set\..*--token-env/s],
    [['--token-env', 'NO_SUCH_VARIABLE', url], /"NO_SUCH_VARIABLE" is not set\./],
    [['--token-env', 'SHOP_TOKEN', '-H', 'authorization: x', url], /which token to send/],
    [['--token-env', 'SHOP_TOKEN', 'test/fixtures/tools.json'], /--token-env was given, but nothing would use it/],
  ] as const;
  for (const [args, said] of wrong) {
    const { stderr, exitCode } = await run(['scan', ...args], { env });
    assert.match(stderr, said);
    assert.equal(exitCode, 2);
  }
  assert.deepEqual(seen, []);
});
