/** A wrapped entry, started as its client would start it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { placeholder } from '../../src/core/project/placeholder.ts';
import { emptyMachine, writeFiles } from '../support/fixture-home.ts';
import { bin } from '../support/installed-server.ts';
import { run } from '../support/run-cli.ts';

test('a client that starts a wrapped entry gets the same server, with its environment, and no more than the policy allows', async (t) => {
  const { home, workingDirectory } = emptyMachine(t);
  const server = bin('@modelcontextprotocol/server-everything');
  const entry = {
    command: process.execPath,
    args: [server, 'stdio', '--token=s3cr3t-t0ken'],
    env: { LEVEL: 'info', OTHER: 'x' },
  };
  writeFiles(home, { '.cursor/mcp.json': { mcpServers: { everything: entry } } });
  writeFiles(workingDirectory, {
    'policylayer.yaml': {
      version: '1',
      servers: {
        everything: {
          ...{ command: process.execPath, args: [server, 'stdio', `--token=${placeholder('EVERYTHING_TOKEN')}`] },
          ...{ env: { LEVEL: placeholder('LEVEL') }, policy: 'policy.yaml' },
        },
      },
    },
    'policy.yaml': { version: '1', default: 'deny', hide: ['echo'], tools: { 'get-env': {} } },
  });
  const env = { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: '', XDG_DATA_HOME: '' };
  const { exitCode, stderr } = await run(['wrap', 'cursor', '--yes'], { cwd: workingDirectory, env });
  assert.equal(exitCode, 0, stderr);

  const { mcpServers } = JSON.parse(readFileSync(join(home, '.cursor', 'mcp.json'), 'utf8'));
  const { command, args, env: given } = mcpServers.everything;
  assert.ok(!args.join(' ').includes('s3cr3t'));
  const transport = new StdioClientTransport({
    command,
    args,
    cwd: home,
    env: { ...given, ...env, PATH: process.env.PATH ?? '' },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  t.after(() => client.close());
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  assert.deepEqual([names.includes('get-env'), names.includes('echo')], [true, false]);
  const { content } = (await client.callTool({ name: 'get-env' })) as { content: { text: string }[] };
  const seen = JSON.parse(content[0]?.text ?? '{}');
  assert.deepEqual([seen.LEVEL, seen.OTHER], ['info', 'x']);
  for (const name of ['echo', 'get-tiny-image'])
    assert.equal((await client.callTool({ name, arguments: { message: 'a' } })).isError, true);
});
