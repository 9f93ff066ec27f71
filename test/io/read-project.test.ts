import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { PROJECT_FILE } from '../../src/io/project/find-project.ts';
import { readProject } from '../../src/io/project/read-project.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const NOWHERE = '/nonexistent/home';

function read(t: TestContext, yaml: string) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, PROJECT_FILE), yaml);
  return readProject({ workingDirectory: folder, home: NOWHERE });
}

async function problemsOf(t: TestContext, yaml: string): Promise<string[]> {
  let because = '';
  await assert.rejects(read(t, yaml), (error: { code: string; because: string }) => {
    assert.equal(error.code, 'PROJECT_INVALID');
    because = error.because;
    return true;
  });
  return because.replace(/^L/, 'l').split('; ');
}

test('no file means no project, and an empty one means an empty project', async (t) => {
  assert.equal(await readProject({ workingDirectory: temporaryFolder(t), home: NOWHERE }), null);
  for (const yaml of ['# nothing yet\n', 'overrides:\n#  shop: {}\nservers:\n']) {
    const project = await read(t, yaml);
    assert.deepEqual(project?.overrides, {});
    assert.equal(project?.servers.size, 0);
  }
});

test('servers and overrides are read by name, in the order of the file', async (t) => {
  const project = await read(
    t,
    [
      'version: "1"',
      'servers:',
      '  trello: { command: npx, args: [-y, trello], env: { KEY: "{env:KEY}" }, policy: policies/trello.yaml }',
      '  docs: { url: https://example.com/mcp, clients: [cursor] }',
      'overrides:',
      '  github: { create_issue: { class: Write, because: We want issues. } }',
      '',
    ].join('\n'),
  );
  assert.deepEqual([...(project?.servers.keys() ?? [])], ['trello', 'docs']);
  assert.deepEqual(project?.servers.get('docs'), { url: 'https://example.com/mcp', clients: ['cursor'] });
  assert.deepEqual(project?.overrides, { github: { create_issue: { class: 'Write', because: 'We want issues.' } } });
});

test('every mistake is told with its line, all at once, in the order of the file', async (t) => {
  const problems = await problemsOf(
    t,
    [
      'overrides:',
      '  github:',
      '    a: { class: Writ, because: x }',
      '    b: { class: Write }',
      'version: 1',
      'servers:',
      '  both: { command: x, url: "https://example.com" }',
      '  neither: { clients: [cursor] }',
      '  misplaced:',
      '    url: https://example.com',
      '    env: { A: b }',
      '  numeric: { command: x, args: [80] }',
      'overide: {}',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    problems.map((problem) => problem.replace(/(?<=: [^:]*): .*$/, '')),
    [
      'line 3: overrides.github.a.class',
      'line 4: overrides.github.b.because',
      'line 5: version',
      'line 7: servers.both',
      'line 8: servers.neither',
      'line 11: servers.misplaced.env',
      'line 12: servers.numeric.args.0',
      'line 13: overide',
    ],
  );
});

test('a placeholder of another product is refused, since its text would be sent as if it were the value', async (t) => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the file holds
  for (const value of ['${TOKEN}', '${input:token}', '${env:TOKEN:-none}'])
    assert.match(String(await problemsOf(t, `servers: { a: { command: x, env: { T: "${value}" } } }`)), /written/);
});

test('a server, tool or variable called __proto__ is refused, not passed over', async (t) => {
  for (const yaml of [
    'servers: { __proto__: { command: x } }',
    'overrides: { "*": { __proto__: { class: Read, because: x } } }',
    'servers: { a: { command: x, env: { __proto__: x } } }',
  ])
    assert.match(String(await problemsOf(t, yaml)), /^line 1: .*__proto__: this name/);
});

test('broken YAML is told with its line', async (t) => {
  assert.match(String(await problemsOf(t, 'overrides:\n  a: [1\n')), /^line \d: /);
  assert.match(String(await problemsOf(t, 'servers: {}\nservers: {}\n')), /^line 2: .*unique/);
});

test('an alias that leads nowhere, or multiplies itself, is a mistake in the file and not in us', async (t) => {
  const list = (name: string, of: string): string => `${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`;
  for (const yaml of [
    'overrides: *nowhere\n',
    ['1', '*a', '*b', '*c'].map((of, at) => list('abcd'[at] ?? '', of)).join(''),
  ])
    assert.match(String(await problemsOf(t, yaml)), /alias/i);
});

test('a file that is no file or far too large is refused and not read', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, PROJECT_FILE));
  await assert.rejects(readProject({ workingDirectory: folder, home: NOWHERE }), { code: 'PROJECT_UNREADABLE' });
  await assert.rejects(read(t, `# ${'x'.repeat(5_000_000)}\n`), { code: 'PROJECT_UNREADABLE' });
});

test('the file is found above the working directory, up to the one that holds .git', async (t) => {
  const top = temporaryFolder(t);
  const inside = join(top, 'repository', 'packages', 'one');
  mkdirSync(inside, { recursive: true });
  mkdirSync(join(top, 'repository', '.git'));
  const find = async () => (await readProject({ workingDirectory: inside, home: NOWHERE }))?.shownPath ?? null;
  writeFileSync(join(top, PROJECT_FILE), '');
  assert.equal(await find(), null);
  writeFileSync(join(top, 'repository', PROJECT_FILE), '');
  assert.equal(await find(), join('..', '..', PROJECT_FILE));
  writeFileSync(join(inside, PROJECT_FILE), '');
  assert.equal(await find(), PROJECT_FILE);
});

test('outside of a repository the file is found up to the home of the user, and never in what is not theirs', async (t) => {
  const home = temporaryFolder(t);
  const inside = join(home, 'work');
  mkdirSync(inside);
  writeFileSync(join(home, PROJECT_FILE), '');
  assert.equal((await readProject({ workingDirectory: inside, home }))?.shownPath, join('..', PROJECT_FILE));
  assert.equal(await readProject({ workingDirectory: inside, home: NOWHERE }), null);
});
