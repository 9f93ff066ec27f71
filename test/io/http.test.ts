import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, test } from 'node:test';
import { startHttpServer } from '../support/http-server.ts';
import { failureOf, httpSpec, listTools, someTools } from '../support/list-tools.ts';
import { answerJson, answerMcp, bodyOf, end } from '../support/mcp-answers.ts';
import { freePort } from '../support/ports.ts';

const SECRET = { 'X-Api-Key': 'swordfish', Authorization: 'Bearer cutlass-12345' };

/** The address of a server that answers every request so. */
const answering = (answer: (request: IncomingMessage, response: ServerResponse) => void) => startHttpServer(answer);
const answeringStatus = (status: number, headers: Record<string, string> = {}) =>
  answering((_, response) => end(response, status, headers));

describe('over HTTP', { concurrency: 4 }, () => {
  test('the headers given are sent with every request', async () => {
    const seen: unknown[] = [];
    const url = await answering((request, response) => {
      seen.push([request.headers['x-api-key'], request.headers.authorization]);
      void answerMcp(request, response, someTools(2));
    });
    assert.equal((await listTools(httpSpec(url, SECRET))).tools.length, 2);
    assert.ok(seen.length >= 3);
    assert.ok(seen.every((pair) => JSON.stringify(pair) === '["swordfish","Bearer cutlass-12345"]'));
  });

  test('a user in the address is sent as a header, unless one was given', async () => {
    const seen = new Set<unknown>();
    const url = await answering((request, response) => {
      seen.add(request.headers.authorization);
      void answerMcp(request, response, someTools(1));
    });
    const address = url.replace('//', '//me:p%40ss@');
    assert.equal((await listTools(httpSpec(address))).tools.length, 1);
    assert.equal((await listTools(httpSpec(address, { authorization: 'Bearer mine' }))).tools.length, 1);
    assert.deepEqual([...seen], [`Basic ${Buffer.from('me:p@ss').toString('base64')}`, 'Bearer mine']);
  });

  test('a redirect is told as an address that can be given', async () => {
    const url = await answeringStatus(301, { location: 'elsewhere/?key=1' });
    assert.equal(
      (await failureOf(httpSpec(`${url}/a/b`))).because,
      `It answered with a redirect to ${url}/a/elsewhere/.`,
    );
  });

  test('one malformed tool does not hide the others', async () => {
    const tools = [{ name: 'a', inputSchema: {} }, 7, { name: 'b' }];
    const url = await answering((request, response) => void answerMcp(request, response, tools));
    assert.deepEqual((await listTools(httpSpec(url))).tools, tools);
  });

  test('another host never gets a request, let alone the headers, by a redirect', async () => {
    let strangers = 0;
    const stranger = await answering((_, response) => {
      strangers++;
      end(response, 200);
    });
    for (const status of [301, 302, 307, 308]) {
      const error = await failureOf(
        httpSpec(await answeringStatus(status, { location: `${stranger}/mcp?session=abc` }), SECRET),
      );
      assert.equal(error.code, 'REDIRECTED_ELSEWHERE');
      assert.ok(error.because.includes(`${stranger}/mcp.`), error.because);
    }
    assert.equal(strangers, 0);
  });

  test('a redirect within the host is followed', async () => {
    const url = await answering((request, response) => {
      if (request.url === '/mcp/') void answerMcp(request, response, someTools(1));
      else end(response, 307, { location: '/mcp/' });
    });
    assert.equal((await listTools(httpSpec(`${url}/mcp`, SECRET))).tools.length, 1);
  });

  const refusals = [
    [401, 'AUTHORIZATION_REQUIRED', /--header "Authorization: Bearer/],
    [403, 'ACCESS_DENIED', /--header/],
    [404, 'ENDPOINT_NOT_FOUND', /\/mcp/],
    [405, 'NOT_AN_MCP_ENDPOINT', /\/mcp/],
    [429, 'REQUEST_REFUSED', /later/],
    [503, 'REQUEST_REFUSED', /later/],
  ] as const;
  for (const [status, code, hint] of refusals) {
    test(`status ${status} is ${code}`, async () => {
      const error = await failureOf(httpSpec(await answeringStatus(status)));
      assert.equal(error.code, code);
      assert.match(error.because, new RegExp(`status ${status}`));
      assert.match(error.hint, hint);
    });
  }

  test('an SSE server that wants to know who asks says so, not that it knows no POST', async () => {
    const url = await answering((request, response) => end(response, request.method === 'POST' ? 405 : 401));
    assert.equal((await failureOf(httpSpec(`${url}/sse`))).code, 'AUTHORIZATION_REQUIRED');
  });

  test('a web page is no MCP endpoint', async () => {
    const url = await answering((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
    });
    assert.equal((await failureOf(httpSpec(url))).code, 'NOT_AN_MCP_ENDPOINT');
  });

  test('a port nobody listens on is CONNECTION_REFUSED', async () => {
    const error = await failureOf(httpSpec(`http://localhost:${await freePort()}/mcp`));
    assert.equal(error.code, 'CONNECTION_REFUSED');
    assert.match(error.because, /ECONNREFUSED/);
  });

  test('a host that does not exist is HOST_NOT_FOUND', async () => {
    assert.equal((await failureOf(httpSpec('http://nowhere.invalid/mcp'))).code, 'HOST_NOT_FOUND');
  });

  test('https to a server that does not speak it is CERTIFICATE_NOT_TRUSTED', async () => {
    const url = await answeringStatus(200);
    const error = await failureOf(httpSpec(url.replace('http:', 'https:')));
    assert.equal(error.code, 'CERTIFICATE_NOT_TRUSTED');
  });

  test('a connection that is cut is CONNECTION_FAILED', async () => {
    const url = await answering((request) => request.socket.destroy());
    assert.equal((await failureOf(httpSpec(url))).code, 'CONNECTION_FAILED');
  });

  test('a server that never answers is given up at the time limit', async () => {
    const url = await answering(() => {});
    assert.equal((await failureOf(httpSpec(url), { timeoutMs: 300 })).code, 'SERVER_TIMED_OUT');
  });

  test('a listing that is interrupted ends at once', async () => {
    const url = await answering(() => {});
    const start = performance.now();
    const error = await failureOf(httpSpec(url), { signal: AbortSignal.timeout(200) });
    assert.equal(error.code, 'LISTING_INTERRUPTED');
    assert.ok(performance.now() - start < 1000);
  });

  test('an answer without end is cut off', async () => {
    for (const type of ['application/json', 'text/event-stream']) {
      const url = await answering((_, response) => flood(response, type));
      const error = await failureOf(httpSpec(url), { timeoutMs: 20_000 });
      assert.equal(error.code, 'SERVER_FLOODED', type);
    }
  });

  test('an error that quotes the headers or the query is shown without them', async () => {
    const url = await answering(async (request, response) => {
      const { id } = await bodyOf(request);
      const message = `bad ${request.headers['x-api-key']} in ${request.url} of ${request.headers.authorization}`;
      answerJson(response, { jsonrpc: '2.0', id, error: { code: -32000, message } });
    });
    const error = await failureOf(httpSpec(`${url}/mcp?token=dagger99`, SECRET));
    assert.equal(error.code, 'HANDSHAKE_REFUSED');
    assert.equal(error.because, 'It answered "initialize" with error -32000: bad *** in /mcp?*** of ***.');
  });

  test('a header that cannot be sent is named, not shown', async () => {
    const error = await failureOf(httpSpec('http://127.0.0.1/', { 'X-Key': 'sword\nfish' }));
    assert.equal(error.code, 'HEADER_INVALID');
    assert.match(error.because, /"X-Key"/);
    assert.ok(!JSON.stringify({ ...error }).includes('fish'));
  });

  test('of a refusal in JSON-RPC its message is shown', async () => {
    const url = await answering((_, response) =>
      answerJson(response, { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'No session' } }, 400),
    );
    assert.equal((await failureOf(httpSpec(url))).because, 'It answered with HTTP status 400: No session.');
  });

  test('what a refusal says is shown without the headers', async () => {
    const url = await answering((request, response) => {
      answerJson(response, { error: `no such key ${request.headers['x-api-key']}` }, 401);
    });
    const error = await failureOf(httpSpec(url, SECRET));
    assert.equal(error.because, 'It answered with HTTP status 401: {"error":"no such key ***"}.');
  });
});

function flood(response: ServerResponse, type: string): void {
  response.writeHead(200, { 'content-type': type });
  const chunk = 'x'.repeat(1024 * 1024);
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}
