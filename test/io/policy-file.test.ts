import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writePolicyFile } from '../../src/io/policy/policy-file.ts';
import { fileNameFor, findPolicyOutput, policyPaths } from '../../src/io/policy/policy-output.ts';
import { runShell, temporaryFolder } from '../support/run-cli.ts';

const text = (path: string): string => readFileSync(path, 'utf8');

test('a new policy is written, and nothing is left beside it', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'policy.json');
  assert.deepEqual(await writePolicyFile(path, 'new', { force: false }), { state: 'written', path });
  assert.deepEqual(readdirSync(folder), ['policy.json']);
  assert.equal(text(path), 'new');
});

test('a policy that is there is refused and stays as it is', async (t) => {
  const path = join(temporaryFolder(t), 'policy.json');
  writeFileSync(path, 'edited by hand');
  await assert.rejects(writePolicyFile(path, 'new', { force: false }), {
    code: 'POLICY_EXISTS',
    message: /was not changed\.$/,
  });
  assert.equal(text(path), 'edited by hand');
});

test('every policy that force replaces is kept, the oldest too', async (t) => {
  const path = join(temporaryFolder(t), 'policy.json');
  for (const version of ['1', '2', '3', '4']) await writePolicyFile(path, version, { force: true });
  assert.deepEqual([path, `${path}.bak`, `${path}.bak2`, `${path}.bak3`].map(text), ['4', '1', '2', '3']);
});

test('the same content is left alone', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'policy.json');
  writeFileSync(path, 'same');
  assert.deepEqual(await writePolicyFile(path, 'same', { force: true }), { state: 'unchanged', path });
  assert.deepEqual(readdirSync(folder), ['policy.json']);
});

test('a replaced policy keeps its mode', async (t) => {
  const path = join(temporaryFolder(t), 'policy.json');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  await writePolicyFile(path, 'new', { force: true });
  assert.equal(statSync(path).mode & 0o777, 0o640);
});

test('a link stays a link, and what it points to is written', async (t) => {
  const folder = temporaryFolder(t);
  const [link, target, dangling] = ['link.json', 'target.json', 'dangling.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(target, 'old');
  symlinkSync('target.json', link);
  symlinkSync('later.json', dangling);
  await writePolicyFile(link, 'new', { force: true });
  await writePolicyFile(dangling, 'first', { force: false });
  assert.ok(lstatSync(link).isSymbolicLink() && lstatSync(dangling).isSymbolicLink());
  assert.deepEqual([text(target), text(`${link}.bak`), text(join(folder, 'later.json'))], ['new', 'old', 'first']);
});

test('what cannot be written is told with the reason of the system', async (t) => {
  const folder = temporaryFolder(t);
  await assert.rejects(writePolicyFile(join(folder, 'none', 'a.json'), 'x', { force: false }), {
    code: 'OUTPUT_NOT_WRITABLE',
    because: 'No such file or directory (ENOENT).',
  });
  assert.deepEqual(readdirSync(folder), []);
});

test('a device is written to and not replaced', async () => {
  assert.equal((await writePolicyFile('/dev/null', 'x', { force: false })).state, 'written');
  assert.ok(statSync('/dev/null').isCharacterDevice());
});

test('a pipe that has no path of its own is written to', async () => {
  const { stdout } = await runShell(
    `echo '[{"name": "list_orders"}]' | policylayer classify --format ndjson -o /dev/stdout | cat`,
  );
  assert.match(stdout, /\n\{\n {2}"version": "1",/);
});

test('a policy that appears while another is written is not lost', async (t) => {
  const path = join(temporaryFolder(t), 'policy.json');
  const both = await Promise.allSettled(
    ['one', 'two'].map((version) => writePolicyFile(path, version, { force: false })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal(text(path), both[0]?.status === 'fulfilled' ? 'one' : 'two');
});

test('a directory holds a file a server, under names that no server can abuse', () => {
  const output = { path: 'out', isDirectory: true };
  const names = [
    'github',
    'GitHub',
    '../../etc/passwd',
    '..',
    'a/b',
    'con',
    `x${'y'.repeat(300)}`,
    '読み取り',
    'github-2',
  ];
  assert.deepEqual(
    policyPaths(output, names).map((path) => path.slice(0, 24)),
    [
      'out/github.json',
      'out/GitHub-2.json',
      'out/etc-passwd.json',
      'out/server.json',
      'out/a-b.json',
      'out/server-con.json',
      `out/x${'y'.repeat(19)}`,
      'out/server-2.json',
      'out/github-2-2.json',
    ],
  );
  assert.ok(fileNameFor('y'.repeat(300)).length <= 80);
});

test('several servers need a directory, and its parent must be there', async (t) => {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'there'));
  const isDirectory = async (path: string, servers: number) =>
    (await findPolicyOutput(join(folder, path), { servers })).isDirectory;
  assert.equal(await isDirectory('policy.json', 1), false);
  assert.equal(await isDirectory('there', 1), true);
  assert.equal((await findPolicyOutput(`${folder}/new/`, { servers: 2 })).isDirectory, true);
  for (const nothing of ['', '-'])
    await assert.rejects(findPolicyOutput(nothing, { servers: 1 }), { code: 'OUTPUT_NOT_NAMED' });
  await assert.rejects(isDirectory('policy.json', 2), { code: 'OUTPUT_NEEDS_DIRECTORY' });
  await assert.rejects(isDirectory('none/policy.json', 1), { code: 'OUTPUT_DIRECTORY_MISSING' });
});

test('a link in the folder somebody works in is not followed out of it, unless the place itself is named', async (t) => {
  const folder = temporaryFolder(t);
  const [work, outside] = [join(folder, 'work'), join(folder, 'outside')];
  for (const made of [work, outside]) mkdirSync(made);
  symlinkSync('../outside', join(work, 'policies'));
  symlinkSync('../outside/none.json', join(work, 'policy.json'));
  const write = (output: string) =>
    runShell(`echo '{"tools":[{"name":"a","inputSchema":{"type":"object"}}]}' | policylayer classify -o ${output}`, {
      cwd: work,
    });
  for (const output of ['policy.json', 'policies', 'policies/a.yaml', join(work, 'policy.json')]) {
    const { exitCode, stderr } = await write(output);
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /leads out of this folder\. The policy was not changed\.\n.*outside.*\nhint: .*-o "\//);
  }
  assert.deepEqual(readdirSync(outside), []);
  assert.equal((await write('../outside/mine.json')).exitCode, 0);
  assert.deepEqual(readdirSync(outside), ['mine.json']);
});
