import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { checkReportSchema } from '../../src/core/policy/check/check-report.ts';
import { bin } from '../support/installed-server.ts';
import { ROOT, run, temporaryFolder } from '../support/run-cli.ts';

const SERVERS = [
  '@modelcontextprotocol/server-everything',
  '@modelcontextprotocol/server-filesystem',
  '@modelcontextprotocol/server-memory',
  '@modelcontextprotocol/server-sequential-thinking',
  '@delorenj/mcp-server-trello',
];

const TRELLO = { TRELLO_API_KEY: 'key', TRELLO_TOKEN: 'token' };

for (const server of SERVERS)
  test(`what a scan recommends for ${server} is checked without a warning, as JSON and as YAML`, async (t) => {
    const cwd = temporaryFolder(t);
    const own = server.includes('trello') ? ['--env', 'TRELLO_API_KEY', '--env', 'TRELLO_TOKEN'] : [];
    const command = [...own, '--', process.execPath, bin(server), ...(server.includes('filesystem') ? [cwd] : [])];
    for (const policy of ['policy.json', 'policy.yaml']) {
      const scanned = await run(['scan', '-o', policy, ...command], { cwd, env: TRELLO });
      assert.equal(scanned.exitCode, 0, scanned.stderr);
      const { stdout, exitCode } = await run(['check', '--fail-on', 'warning', policy, ...command], {
        cwd,
        env: TRELLO,
      });
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /: fits /);
    }
  });

function files(t: TestContext, contents: Readonly<Record<string, unknown>>): string {
  const folder = temporaryFolder(t);
  for (const [name, content] of Object.entries(contents))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const policy = (tools: object) => ({ version: '1', default: 'deny', tools });

test('--json is what its published schema says', async (t) => {
  const cwd = files(t, {
    'p.json': policy({ a: {}, b: 5 }),
    'q.json': policy({ a: {} }),
    'tools.json': [{ name: 'b' }],
  });
  const { stdout } = await run(['check', '--json', 'p.json', 'q.json', 'none.json', 'tools.json'], { cwd });
  const report = checkReportSchema.parse(JSON.parse(stdout));
  assert.deepEqual(
    report.policies.map(({ file, valid, server, problems }) => [
      file,
      valid,
      server?.name,
      problems.map(({ code }) => code),
    ]),
    [
      ['p.json', false, undefined, ['wrong-value']],
      ['q.json', true, 'tools', ['no-rule', 'unknown-tool']],
    ],
  );
  assert.deepEqual([report.problems[0]?.name, report.summary.failed], ['none.json', 1]);
  const published = JSON.parse(readFileSync(join(ROOT, 'dist/schema/check.json'), 'utf8'));
  assert.deepEqual(published, z.toJSONSchema(checkReportSchema));
});

test('a threshold says which problems are a no', async (t) => {
  const cwd = files(t, { 'p.json': { ...policy({}), default: 'allow' } });
  assert.equal((await run(['check', 'p.json'], { cwd })).exitCode, 0);
  assert.equal((await run(['check', '--fail-on', 'warning', 'p.json'], { cwd })).exitCode, 1);
});

test('a problem counts more than what could not be checked', async (t) => {
  const cwd = files(t, { 'p.json': policy({ a: 5 }) });
  assert.equal((await run(['check', 'p.json', 'none.json'], { cwd })).exitCode, 1);
  assert.equal((await run(['check', 'none.json'], { cwd })).exitCode, 2);
});

test('a list that is not whole says nothing against a tool that was not seen', async (t) => {
  const tools = { tools: [{ name: 'a' }], nextCursor: '2' };
  const cwd = files(t, { 'p.json': policy({ a: {}, b: {} }), 'tools.json': tools });
  const { stdout, stderr, exitCode } = await run(['check', 'p.json', 'tools.json'], { cwd });
  assert.deepEqual([stdout, exitCode], ['p.json: fits what was seen of tools (1 tool); 2 rules, 0 hidden\n', 2]);
  assert.match(stderr, /not all tools of tools could be seen/);
});

test('a policy that is too large to be read is told of as one, also behind another', async (t) => {
  const folder = temporaryFolder(t);
  for (const name of ['one.yaml', 'two.yaml'])
    writeFileSync(join(folder, name), 'version: "1"\ndefault: deny\ntools: {}\n');
  writeFileSync(join(folder, 'large.yaml'), ' '.repeat(5_000_000));
  const { stdout, stderr, exitCode } = await run(['check', 'one.yaml', 'large.yaml', 'two.yaml'], { cwd: folder });
  assert.match(stdout, /^one\.yaml: valid.*\ntwo\.yaml: valid/);
  assert.match(stderr, /^error: Could not read "large\.yaml"\./);
  assert.equal(exitCode, 2);
});

test('several servers behind one policy are refused', async (t) => {
  const cwd = files(t, { 'p.json': policy({}) });
  const { stderr, exitCode } = await run(['check', 'p.json', 'https://a.invalid', 'https://b.invalid'], { cwd });
  assert.equal(exitCode, 2);
  assert.match(stderr, /held against one server/);
});

test("a stranger's names cannot write to the terminal", async (t) => {
  const name = '\u001b[31mred\u202e\nnext';
  const cwd = files(t, { 'p.json': policy({ [name]: {} }), 'tools.json': [{ name: `${name}!` }] });
  for (const args of [
    ['check', 'p.json', 'tools.json'],
    ['test', 'p.json', name],
    ['test', 'p.json', `${name}?`],
  ]) {
    const { stdout } = await run(args, { cwd });
    assert.doesNotMatch(stdout, /(?!\n)[\p{Cc}\p{Cf}]|\nnext/u);
  }
});

test('test reads arguments from a file or from stdin', async (t) => {
  const rule = { deny_if: [{ conditions: [{ path: 'args.n', op: 'gt', value: 5 }] }] };
  const cwd = files(t, { 'p.json': policy({ t: rule }), 'call.json': { n: 6 } });
  assert.equal((await run(['test', 'p.json', 't', '--args', '@call.json'], { cwd })).exitCode, 1);
  assert.equal((await run(['test', 'p.json', 't', '--args', '-'], { cwd, stdin: '{"n": 5}' })).exitCode, 0);
  assert.equal((await run(['test', 'p.json', 't', '--args', '@none.json'], { cwd })).exitCode, 2);
  assert.equal((await run(['test', 'p.json', 't', '--args', '-'], { cwd, stdin: '' })).exitCode, 2);
});

test('test does not take a call and cases at once', async (t) => {
  const cwd = files(t, { 'p.json': policy({}), 'cases.json': [{ tool: 'a', expect: 'deny' }] });
  assert.equal((await run(['test', 'p.json', '--cases', 'cases.json'], { cwd })).exitCode, 0);
  assert.match((await run(['test', 'p.json', 'a', '--cases', 'cases.json'], { cwd })).stderr, /Either one call/);
});

test('cases as JSON name each call that was not as expected, and its line', async (t) => {
  const limits = [{ counter: 'c', window: 'minute', max: 2, scope: 'grant' }];
  const cwd = files(t, {
    'p.json': policy({ t: { limits } }),
    'cases.json':
      '[{"tool":"t","expect":"allow","repeat":2},\n{"tool":"t","expect":"allow","caller":"b"},\n{"tool":"t","expect":"allow"}]',
  });
  const { stdout, exitCode } = await run(['test', 'p.json', '--cases', 'cases.json', '--json'], { cwd });
  const { cases, summary } = JSON.parse(stdout);
  assert.deepEqual([exitCode, summary], [1, { passed: 2, failed: 1 }]);
  assert.deepEqual([cases[2].line, cases[2].got.rule], [3, '/tools/t/limits/0']);
});

test('one policy of several servers is held against each, wherever in the project somebody stands', async (t) => {
  const memory = { command: process.execPath, args: [bin('@modelcontextprotocol/server-memory')], policy: 'p.json' };
  const cwd = files(t, {
    'p.json': policy({ read_graph: {} }),
    'policylayer.yaml': { version: '1', servers: { a: memory, b: memory, c: { ...memory, policy: 'none.json' } } },
  });
  mkdirSync(join(cwd, '.git'));
  mkdirSync(join(cwd, 'below'));
  const { stdout, exitCode } = await run(['check', '../p.json', '--json'], { cwd: join(cwd, 'below') });
  const names = JSON.parse(stdout).policies.map(({ server }: { server: { name: string } }) => server.name);
  assert.deepEqual([names, exitCode], [['a', 'b'], 0]);
  const all = await run(['check', '--json'], { cwd: join(cwd, 'below') });
  assert.deepEqual([JSON.parse(all.stdout).problems[0].name, all.exitCode], ['../none.json', 2]);
  assert.doesNotMatch(all.stdout, new RegExp(cwd));
});

test('an invalid policy starts no server', async (t) => {
  const cwd = files(t, { 'p.json': policy({ a: 5 }) });
  const start = ['-e', `require('node:fs').writeFileSync('started', '')`];
  const { exitCode } = await run(['check', 'p.json', '--', process.execPath, ...start], { cwd });
  assert.deepEqual([exitCode, existsSync(join(cwd, 'started'))], [1, false]);
});
