import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HeldServer } from '../../src/core/project/opened-spec.ts';
import { placeholder as env } from '../../src/core/project/placeholder.ts';
import { projectServerOf } from '../../src/core/project/project-server-of.ts';
import { resolveServer } from '../../src/core/project/resolve.ts';
import type { HttpSpec, StdioSpec } from '../../src/core/server/server-spec.ts';

const stdio = (args: string[], variables: Record<string, string> = {}): StdioSpec => ({
  kind: 'stdio',
  name: 'exa',
  command: 'npx',
  args,
  env: variables,
});
const http = (url: string, headers: Record<string, string> = {}): HttpSpec => ({
  kind: 'http',
  name: 'exa',
  url,
  headers,
});
const held = (spec: StdioSpec | HttpSpec, unresolved: string[] = [], written = spec): HeldServer => ({
  spec,
  unresolved,
  written,
});

const SECRET = 'Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZjEyMzQ1Njc4OTA';
const UUID = '6f1c2a3e-8d54-4f0b-9c77-0a1b2c3d4e5f';

const HOLDING_SECRETS: readonly HeldServer[] = [
  held(stdio(['-y', 'exa-mcp'], { EXA_API_KEY: SECRET, LOG_LEVEL: 'debug' })),
  held(stdio(['exa', `--api-key=${SECRET}`, '--api-key', SECRET.toLowerCase(), '--region', 'eu'])),
  held(stdio(['exa', '--header', `Authorization: Bearer ${SECRET}`])),
  held(stdio(['exa', `{"token":"${SECRET}"}`, `https://user:${SECRET}@host/sse?key=${SECRET}&page=2#${SECRET}`])),
  held(stdio(['run', '-e', `A_TOKEN=${SECRET}`, '-e', `B_TOKEN=${SECRET}x`, 'image'])),
  held(http(`https://host/s/${SECRET}/mcp?profile=${UUID}&apiKey=${SECRET}`)),
  held(http('https://host/mcp', { Authorization: `Bearer ${SECRET}`, 'X-Api-Key': SECRET, 'X-Team': 'blue' })),
];

test('no secret is written, and every value comes back from the configuration that holds the server', () => {
  for (const holder of HOLDING_SECRETS) {
    const server = projectServerOf('exa', holder);
    assert.doesNotMatch(JSON.stringify(server), new RegExp(`${SECRET}|${UUID}|debug|blue`, 'i'));
    const resolved = resolveServer('exa', server, { env: {}, held: [held(stdio(['other'])), holder] });
    const { filledIn, package: _, ...spec } = { package: '', ...resolved };
    assert.deepEqual(spec, holder.spec);
    assert.doesNotMatch(String(filledIn?.target), new RegExp(SECRET, 'i'));
  }
});

test('placeholders are named for the server, so that a value of the environment for another one is not taken', () => {
  const named = projectServerOf('exa', held(stdio(['--api-key=abc', '--exa-token', 'def', '-H', 'X-Secret: ghi'])));
  assert.deepEqual(named.args, [
    `--api-key=${env('EXA_API_KEY')}`,
    '--exa-token',
    env('EXA_TOKEN'),
    '-H',
    `X-Secret: ${env('EXA_SECRET')}`,
  ]);
  const remote = projectServerOf('1x', held(http('https://h/mcp?apiKey=abc', { Authorization: 'Bearer abc' })));
  assert.deepEqual(remote, {
    url: `https://h/mcp?apiKey=${env('_1X_API_KEY')}`,
    headers: { Authorization: `Bearer ${env('_1X_TOKEN')}` },
  });
});

test('two secrets never share a placeholder', () => {
  const { args, env: variables } = projectServerOf(
    'exa',
    held(stdio(['--exa-key=a', '--exa-key=b'], { EXA_KEY: 'c' })),
  );
  assert.deepEqual(args, [`--exa-key=${env('EXA_KEY_2')}`, `--exa-key=${env('EXA_KEY_3')}`]);
  assert.deepEqual(variables, { EXA_KEY: env('EXA_KEY') });
});

test('a variable that the client put a value in for keeps its name', () => {
  const written = http(`https://h/${env('TEAM')}/mcp`, { Authorization: `Bearer ${env('DOCS_TOKEN')}` });
  const server = projectServerOf(
    'docs',
    held(http('https://h/blue/mcp', { Authorization: 'Bearer abc' }), [], written),
  );
  assert.deepEqual(server, { url: written.url, headers: written.headers });
});

test('an input that only its client can ask for becomes a placeholder without a value', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the file holds
  const holder = held(stdio(['--token', '${input:my-token}']), ['${input:my-token}']);
  const server = projectServerOf('exa', holder);
  assert.deepEqual(server.args, ['--token', env('EXA_MY_TOKEN')]);
  const { filledIn } = resolveServer('exa', server, { env: {}, held: [holder] });
  assert.deepEqual(filledIn, { missing: ['EXA_MY_TOKEN'], target: 'npx --token ***', secrets: [], given: [] });
});

test('what a shell could not set becomes a placeholder that it can', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the file holds
  const holder = held(stdio(['${user_config.folder}']), ['${user_config.folder}']);
  assert.deepEqual(projectServerOf('exa', holder).args, [env('EXA_USER_CONFIG_FOLDER')]);
});

test('the environment comes before what the clients hold', () => {
  const holder = held(stdio(['x'], { KEY: 'held', OTHER: 'held' }));
  const resolved = resolveServer('exa', projectServerOf('exa', holder), { env: { KEY: 'mine' }, held: [holder] });
  assert.ok(resolved.kind === 'stdio');
  assert.deepEqual(resolved.env, { KEY: 'mine', OTHER: 'held' });
  assert.deepEqual(resolved.filledIn?.given, ['KEY', 'OTHER']);
});

test('values come from one configuration of the same server alone, never from another server or from two', () => {
  const server = { command: 'npx', args: [env('WHICH')], env: { A: env('A'), B: env('B') } };
  const halves = [
    held(stdio(['one'], { A: '1' })),
    held(stdio(['two'], { B: '2' })),
    held(stdio(['run', 'two'], { A: '1', B: '2' })),
  ];
  const resolved = resolveServer('exa', server, { env: {}, held: halves });
  assert.deepEqual(resolved.filledIn?.missing, ['B']);
});

test('what a launcher is told beside the package makes no other server; another program is given no value', () => {
  const holder = held(stdio(['-y', 'exa-mcp'], { EXA_API_KEY: SECRET }));
  const missingFor = (command: string): readonly string[] | undefined =>
    resolveServer(
      'exa',
      { command, args: ['exa-mcp'], env: { EXA_API_KEY: env('EXA_API_KEY') } },
      { env: {}, held: [holder] },
    ).filledIn?.missing;
  assert.deepEqual(missingFor('npx'), []);
  assert.deepEqual(missingFor('./npx'), ['EXA_API_KEY']);
});
