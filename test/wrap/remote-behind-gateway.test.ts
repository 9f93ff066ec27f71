/** A wrapped entry of a remote server, started as its client would start it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { placeholder } from '../../src/core/project/placeholder.ts';
import { emptyMachine, writeFiles } from '../support/fixture-home.ts';
import { startRemote } from '../support/remote-by-hand.ts';
import { run } from '../support/run-cli.ts';

const SECRET = 'sk-live-0123456789abcdef';

/** Clients that write remote servers in different ways. */
const WRITTEN: Record<
  string,
  { readonly file: string; readonly entries: (url: string) => object; readonly key: string }
> = {
  cursor: {
    file: '.cursor/mcp.json',
    key: 'mcpServers',
    entries: (url) => ({ url, headers: { Authorization: `Bearer ${SECRET}` } }),
  },
  'claude-code': {
    file: '.claude.json',
    key: 'mcpServers',
    entries: (url) => ({ type: 'http', url, headers: { Authorization: `Bearer ${SECRET}` } }),
  },
};

for (const [client, { file, key, entries }] of Object.entries(WRITTEN))
  test(`a remote server that ${client} holds is reached through its wrapped entry, with its credentials, and comes back by unwrap`, async (t) => {
    const remote = await startRemote();
    const { home, workingDirectory } = emptyMachine(t);
    writeFiles(home, { [file]: { [key]: { orders: entries(remote.url) } } });
    writeFiles(workingDirectory, {
      'policylayer.yaml': {
        version: '1',
        servers: {
          orders: {
            ...{ url: remote.url, headers: { Authorization: `Bearer ${placeholder('ORDERS_TOKEN')}` } },
            policy: 'policy.yaml',
          },
        },
      },
      'policy.yaml': { version: '1', default: 'deny', hide: ['delete_all'], tools: { read: {} } },
    });
    const env = { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' };
    const before = readFileSync(join(home, file), 'utf8');
    const wrapped = await run(['wrap', client, '--yes'], { cwd: workingDirectory, env });
    assert.equal(wrapped.exitCode, 0, wrapped.stderr);

    const { command, args, env: given, url, headers } = JSON.parse(readFileSync(join(home, file), 'utf8'))[key].orders;
    assert.deepEqual([url, headers], [undefined, undefined]);
    assert.ok(!args.join(' ').includes(SECRET));
    const variables = { ...given, ...env, PATH: process.env.PATH ?? '' };
    const sdk = new Client({ name: 'test', version: '1' });
    t.after(() => sdk.close());
    await sdk.connect(new StdioClientTransport({ command, args, cwd: home, env: variables, stderr: 'ignore' }));
    assert.deepEqual(
      (await sdk.listTools()).tools.map(({ name }) => name),
      ['read', 'pay'],
    );
    const { content } = (await sdk.callTool({ name: 'read' })) as { content: { text: string }[] };
    assert.equal(content[0]?.text, 'did read');
    for (const name of ['pay', 'delete_all']) assert.equal((await sdk.callTool({ name })).isError, true);
    await sdk.close();
    assert.deepEqual(
      remote.calls().map(({ params }) => params.name),
      ['read'],
    );
    for (const asked of remote.asked) assert.equal(asked.headers.authorization, `Bearer ${SECRET}`);

    const unwrapped = await run(['unwrap', client, '--yes'], { cwd: workingDirectory, env });
    assert.equal(unwrapped.exitCode, 0, unwrapped.stderr);
    assert.equal(readFileSync(join(home, file), 'utf8'), before);
  });
