import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEverything } from '../support/http-server.ts';
import { run } from '../support/run-cli.ts';

test('a server behind a URL is scanned, and neither header nor query is ever printed', async () => {
  const url = `${await startEverything('streamableHttp')}/mcp?api_key=very-secret-query`;
  for (const format of ['text', 'json', 'markdown']) {
    const { stdout, stderr, exitCode } = await run([
      'scan',
      '--header',
      'X-Key: very-secret-header',
      '--format',
      format,
      url,
    ]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /get-env/);
    assert.doesNotMatch(stdout + stderr, /very-secret/);
  }
});

test('two servers in one call are reported in the order they were named', async () => {
  const url = `${await startEverything('streamableHttp')}/mcp`;
  const { stdout } = await run(['scan', '--json', 'test/fixtures/tools.json', url]);
  assert.deepEqual(
    JSON.parse(stdout).servers.map(({ transport }: { transport: string }) => transport),
    ['file', 'streamable-http'],
  );
});
