import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultTimeoutMs } from '../../src/core/server/launcher.ts';
import { parseTargets } from '../../src/core/server/parse-targets.ts';
import { printableTarget } from '../../src/core/server/printable-target.ts';
import type { ServerSpec } from '../../src/core/server/server-spec.ts';
import { UserError } from '../../src/core/user-error.ts';

const CONTEXT = { isFile: (path: string) => ['tools', 'src'].includes(path), env: { A: '1' }, headers: {} };

const parse = (...words: string[]): ServerSpec[] => {
  const dashes = words.indexOf('--');
  return dashes === -1
    ? parseTargets(words, [], CONTEXT)
    : parseTargets(words.slice(0, dashes), words.slice(dashes + 1), CONTEXT);
};

/** Name, target and package of each spec. */
const read = (...words: string[]): string[] =>
  parse(...words).map((spec) => {
    const id = spec.kind === 'stdio' ? spec.package : undefined;
    return `${spec.name} | ${printableTarget(spec)}${id === undefined ? '' : ` | ${id}`}`;
  });

const READINGS: readonly (readonly [words: string[], specs: string[]])[] = [
  [['https://mcp.example.com/mcp'], ['mcp.example.com | https://mcp.example.com/mcp']],
  [['https://mcp.example.com:8443/mcp'], ['mcp.example.com | https://mcp.example.com:8443/mcp']],
  [['HTTP://localhost:3000/mcp'], ['localhost:3000 | HTTP://localhost:3000/mcp']],
  [['npm:@scope/server-foo'], ['server-foo | npx -y @scope/server-foo | npm:@scope/server-foo']],
  [['npm:@scope/pkg@1.2.3'], ['pkg | npx -y @scope/pkg@1.2.3 | npm:@scope/pkg']],
  [['npm:pkg@latest'], ['pkg | npx -y pkg@latest | npm:pkg']],
  [['npm:@sentry/mcp-server'], ['sentry | npx -y @sentry/mcp-server | npm:@sentry/mcp-server']],
  [['pypi:mcp-server-time'], ['mcp-server-time | uvx mcp-server-time | pypi:mcp-server-time']],
  [['pypi:mcp-server-time==1.2'], ['mcp-server-time | uvx mcp-server-time@1.2 | pypi:mcp-server-time']],
  [['npm:fs', '.', 'tools.json'], ['fs | npx -y fs . tools.json | npm:fs']],
  [['npm:fs  /tmp   --read-only'], ['fs | npx -y fs /tmp --read-only | npm:fs']],
  [
    ['npm:fs', 'src', 'npm:b', 'https://x.test/'],
    ['fs | npx -y fs src | npm:fs', 'b | npx -y b | npm:b', 'x.test | https://x.test/'],
  ],
  [['npm:fs', 'a b'], ["fs | npx -y fs 'a b' | npm:fs"]],
  [['tools.json'], ['tools | tools.json']],
  [
    ['lists/github.json', 'tools'],
    ['github | lists/github.json', 'tools | tools'],
  ],
  [['npm:fs', '--', '--flag', 'https://x.test'], ['fs | npx -y fs --flag https://x.test | npm:fs']],
  [['--', 'node', 'path/server.js'], ['server | node path/server.js']],
  [['--', 'node', '--inspect', 'server-x/dist/index.js'], ['server-x | node --inspect server-x/dist/index.js']],
  [['--', 'sh', '-c', 'cd /a; node server.js'], ["sh | sh -c 'cd /a; node server.js'"]],
  [['--', 'python3', 'server.py', '-c', 'x'], ['server | python3 server.py -c x']],
  [['--', 'API_KEY=secret', 'node'], ['API_KEY=*** | API_KEY=*** node']],
  [['--', 'python3', '-m', 'mcp_server_time'], ['mcp_server_time | python3 -m mcp_server_time']],
  [['--', '/usr/local/bin/github-mcp', 'stdio'], ['github-mcp | /usr/local/bin/github-mcp stdio']],
  [['--', 'npx', '-y', '@scope/server-a@2'], ['server-a | npx -y @scope/server-a@2 | npm:@scope/server-a']],
  [['--', 'npx', '-y', '-p', '@l/server', 'mcp', 'start'], ['l | npx -y -p @l/server mcp start | npm:@l/server']],
  [['--', 'C:\\node\\npx.cmd', 'pkg'], ["pkg | 'C:\\node\\npx.cmd' pkg | npm:pkg".replaceAll("'", '')]],
  [['--', 'uvx', '--from', 'tool[x]==1', 'run'], ["tool | uvx --from 'tool[x]==1' run | pypi:tool"]],
  [['--', 'npx', 'github:me/thing'], ['thing | npx github:me/thing']],
  [
    ['--', 'docker', 'run', '-i', '--rm', '-e', 'A=1', 'ghcr.io/github/github-mcp-server:1'],
    ['github-mcp-server | docker run -i --rm -e A=1 ghcr.io/github/github-mcp-server:1'],
  ],
  [
    ['https://a.test/x', '--', 'node', 'b.js'],
    ['a.test | https://a.test/x', 'b | node b.js'],
  ],
  [
    ['npm:a', 'npm:a', 'npm:@x/a'],
    ['a | npx -y a | npm:a', 'a (2) | npx -y a | npm:a', 'a (3) | npx -y @x/a | npm:@x/a'],
  ],
];

describe('targets', () => {
  for (const [words, specs] of READINGS) {
    test(`${words.join(' ')} is ${specs.map((spec) => spec.split(' | ')[0]).join(', ')}`, () => {
      assert.deepEqual(read(...words), specs);
    });
  }

  test('environment, directory and headers reach the specs that use them', () => {
    const context = { ...CONTEXT, cwd: '/srv', headers: { 'X-A': 'b' } };
    const [stdio, http] = parseTargets(['npm:a', 'https://a.test/'], [], context);
    assert.deepEqual(stdio?.kind === 'stdio' && [stdio.env, stdio.cwd], [{ A: '1' }, '/srv']);
    assert.deepEqual(http?.kind === 'http' && http.headers, { 'X-A': 'b' });
  });

  for (const word of ['nothing', 'https://', 'npm:', 'npm:--registry=x', 'pypi:-r', 'node server.js', '']) {
    test(`"${word}" is not understood`, () => {
      assert.throws(() => parse(word), { code: 'TARGET_NOT_UNDERSTOOD' });
    });
  }

  test('all words that are not understood are named together, and a scoped package gets its prefix', () => {
    assert.throws(
      () => parse('@scope/server', 'other'),
      (error: unknown) =>
        error instanceof UserError &&
        error.message.includes('"@scope/server" and "other"') &&
        error.hint.includes('npm:@scope/server'),
    );
  });

  test('headers are not sent to two hosts', () => {
    const context = { ...CONTEXT, headers: { Authorization: 'x' } };
    const words = ['https://a.test/mcp?k=v', 'https://b.test/'];
    assert.throws(() => parseTargets(words, [], context), {
      code: 'HEADERS_FOR_SEVERAL_HOSTS',
      because: 'The targets are at https://a.test and https://b.test.',
    });
    assert.equal(parseTargets(['https://a.test/1', 'https://a.test/2', 'npm:x'], [], context).length, 3);
  });

  test('a launcher gets time to install the server', () => {
    const timeoutOf = (...words: string[]) => parse(...words).map(defaultTimeoutMs);
    assert.deepEqual(timeoutOf('npm:a'), [180_000]);
    assert.deepEqual(timeoutOf('--', 'docker', 'run', 'x'), [180_000]);
    assert.deepEqual(timeoutOf('--', 'npm', 'exec', 'x'), [180_000]);
    assert.deepEqual(timeoutOf('--', 'npm', 'start'), [60_000]);
    assert.deepEqual(timeoutOf('https://a.test/', 'tools.json'), [60_000, 60_000]);
  });
});
