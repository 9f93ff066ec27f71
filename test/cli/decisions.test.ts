/** The small decisions of the command line, each with literals. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exitCode } from '../../src/cli/exit-code.ts';
import { nextSteps } from '../../src/cli/scan/next-steps.ts';
import { findTargets } from '../../src/cli/targets/find-targets.ts';
import { parseEnvironment, parseHeaders } from '../../src/cli/targets/pairs.ts';
import { buildReport } from '../../src/core/build-report.ts';
import type { Finding } from '../../src/core/finding.ts';
import { isIncomplete } from '../../src/core/listing/incomplete-listing.ts';
import type { Risk } from '../../src/core/verdict.ts';
import { HOSTILE_REPORT, HOSTILE_SERVER } from '../render/hostile-report.ts';
import { runShell, temporaryFolder } from '../support/run-cli.ts';

const CODES: readonly (readonly [code: number, worst: Risk | null, incomplete: boolean, failOn?: Risk])[] = [
  [0, 'critical', false],
  [0, 'medium', false, 'high'],
  [0, null, false, 'low'],
  [1, 'high', false, 'high'],
  [1, 'critical', false, 'high'],
  [1, 'critical', true, 'high'],
  [2, 'medium', true, 'high'],
  [2, null, true],
  [2, null, true, 'low'],
];

for (const [code, worst, incomplete, failOn] of CODES)
  test(`${worst ?? 'no'} risk, ${incomplete ? 'not all' : 'all'} seen, to fail on ${failOn ?? 'nothing'}: exit code ${code}`, () =>
    assert.equal(exitCode({ worst, incomplete }, failOn), code));

test('a list that was cut is not a list that was seen', () => {
  const cut: Finding = { code: 'pages-cut', level: 'warning', tool: null, message: 'Cut.', quotes: [] };
  const servers = [{ ...HOSTILE_SERVER, findings: [cut] }];
  assert.equal(isIncomplete({ servers, problems: [] }), true);
  assert.equal(isIncomplete({ servers: [HOSTILE_SERVER], problems: [] }), false);
  assert.equal(isIncomplete(HOSTILE_REPORT), true);
});

test('headers and variables are read, the last of a name holds, and values may hold anything', () => {
  assert.deepEqual(parseHeaders(['A: 1', 'B:x: y ', 'A: 2']), { A: '2', B: 'x: y' });
  assert.deepEqual(parseEnvironment(['A=1=2', 'B=', 'C'], { C: 'ours' }), { A: '1=2', B: '', C: 'ours' });
});

test('what is wrong with a secret is said without it', () => {
  for (const wrong of [['Bearer secret'], ['A: 1', 'X: secret\nY: 2'], [': secret']])
    assert.throws(
      () => parseHeaders(wrong),
      (error: Error) => !JSON.stringify({ ...error, message: error.message }).includes('secret'),
    );
  assert.throws(() => parseEnvironment(['=secret'], {}), { code: 'ENV_INVALID' });
  assert.throws(() => parseEnvironment(['NOT_SET'], {}), { code: 'ENV_UNSET', message: /"NOT_SET"/ });
});

const one = buildReport({ version: '0', servers: [HOSTILE_SERVER], problems: [] });
const NOWHERE = { home: '/nonexistent', platform: 'linux', env: {}, workingDirectory: '/nonexistent' } as const;
const repeated = async (words: string[], afterDashes: string[], flags = {}): Promise<string> => {
  const { repeatable } = await findTargets({ words, afterDashes, flags }, { env: { KEY: 'x' }, machine: NOWHERE });
  return (
    nextSteps(one, { command: 'scan', words: repeatable }, { wrote: false })[0]?.replace(
      /^to write this policy +/,
      '',
    ) ?? ''
  );
};

test('the next command is the last one with something added, quoted for a shell', async () => {
  assert.equal(
    await repeated([], ['node', 'my server.js', "it's"]),
    `policylayer scan -o policy.json -- node 'my server.js' 'it'\\''s'`,
  );
  assert.equal(
    await repeated(['npm:a', 'https://a.example/mcp'], [], { env: ['KEY'], timeout: 5, cwd: '/tmp' }),
    'policylayer scan -o policy.json --env KEY --cwd /tmp --timeout 5 npm:a https://a.example/mcp',
  );
});

test('no secret is repeated in the next command', async () => {
  const withheld = 'the same command with -o policy.json';
  assert.equal(await repeated(['https://a.example/mcp?api_key=secret'], []), withheld);
  assert.equal(await repeated(['https://user:secret@a.example/mcp'], []), withheld);
  assert.equal(await repeated(['https://a.example/mcp'], [], { header: ['Authorization: Bearer secret'] }), withheld);
  assert.equal(await repeated(['npm:a'], [], { env: ['TOKEN=secret'] }), withheld);
  assert.equal(await repeated([], ['node', 'server.js', '--api-key', 'secret']), withheld);
  assert.equal(await repeated([], ['node', 'server.js', '--db', 'postgres://me:secret@db.example/x']), withheld);
  assert.equal(await repeated([], ['node', 'server.js', 'https://a.example/mcp?key=secret']), withheld);
  assert.equal(await repeated([], ['KEY=secret', 'node', 'server.js']), withheld);
});

test('a file whose name begins with a dash is repeated so that it is no option', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, '-f.json'), '[{"name": "list_orders"}]');
  const { stdout } = await runShell('policylayer classify -- -f.json', { cwd: folder });
  assert.match(stdout, /classify --json \.\/-f\.json\n/);
});

test('several servers are told to write a directory, those known by name to use init, and nothing is told where nothing was listed', () => {
  const run = { command: 'scan', words: ['a', 'b'] };
  assert.match(nextSteps(HOSTILE_REPORT, run, { wrote: false })[0] ?? '', /-o policies\/ a b$/);
  assert.match(nextSteps(HOSTILE_REPORT, { ...run, areKnown: true }, { wrote: false })[0] ?? '', / policylayer init$/);
  assert.deepEqual(nextSteps(buildReport({ version: '0', servers: [], problems: [] }), run, { wrote: false }), []);
});

test('an option that no target would use is refused, not ignored', async () => {
  const find = (words: string[], flags: object) =>
    findTargets({ words, afterDashes: [], flags }, { env: {}, machine: NOWHERE });
  await assert.rejects(find(['npm:a'], { header: ['a: b'] }), /--header was given/);
  await assert.rejects(find(['https://a.example/mcp'], { env: ['A=b'] }), /--env was given/);
  await assert.rejects(find(['https://a.example/mcp'], { cwd: '/' }), /--cwd was given/);
  await find(['https://a.example/mcp', 'npm:a'], { header: ['a: b'], env: ['A=b'], cwd: '/' });
});

test('the worst tool is the one to explain, named where its server is', () => {
  const tools = [...HOSTILE_SERVER.tools].map((tool, at) => ({ ...tool, name: `tool_${at}` }));
  const report = buildReport({ version: '0', servers: [{ ...HOSTILE_SERVER, tools }], problems: [] });
  const why = (words: string[] | null) =>
    nextSteps(report, { command: 'scan', words }, { wrote: true }).find((step) => step.startsWith('to see why'));
  assert.match(why(['npm:a']) ?? '', /policylayer explain npm:a tool_\d+$/);
  assert.match(why(['--cwd', 'x', '--', 'node', 'a.js']) ?? '', /policylayer explain --cwd x tool_\d+ -- node a\.js$/);
  assert.equal(why(null), undefined);
  assert.equal(nextSteps(HOSTILE_REPORT, { command: 'scan', words: ['a'] }, { wrote: true }).length, 2);
});
