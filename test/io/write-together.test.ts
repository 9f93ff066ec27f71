import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeTogether } from '../../src/io/files/write-together.ts';
import { contentsOf } from '../init/machine.ts';
import { temporaryFolder } from '../support/run-cli.ts';

test('new files are written with the folders they stand in, and nothing else is left', async (t) => {
  const folder = temporaryFolder(t);
  const written = await writeTogether([
    { path: join(folder, 'a', 'b', 'one'), text: '1', before: null },
    { path: join(folder, 'two'), text: '2', before: null },
  ]);
  assert.deepEqual(
    written.map(({ state }) => state),
    ['written', 'written'],
  );
  assert.deepEqual(Object.keys(contentsOf(folder)), ['a', 'a/b', 'a/b/one', 'two']);
});

test('what is replaced is kept beside it, and what is the same is left alone', async (t) => {
  const folder = temporaryFolder(t);
  const [changed, same] = [join(folder, 'changed'), join(folder, 'same')];
  writeFileSync(changed, 'old');
  writeFileSync(same, 'same');
  const written = await writeTogether([
    { path: changed, text: 'new', before: 'old' },
    { path: same, text: 'same', before: 'same' },
  ]);
  assert.deepEqual(written, [
    { state: 'replaced', path: changed, backup: `${changed}.bak` },
    { state: 'unchanged', path: same },
  ]);
  assert.deepEqual([readFileSync(changed, 'utf8'), readFileSync(`${changed}.bak`, 'utf8')], ['new', 'old']);
});

const FAILURES: readonly (readonly [what: string, last: string, code: string])[] = [
  ['the last of them cannot be written', 'file/last', 'FILES_NOT_WRITTEN'],
  ['the last of them is a folder', 'folder', 'NOT_A_FILE'],
  ['the last of them has changed since it was read', 'file', 'FILE_CHANGED_MEANWHILE'],
];
for (const [what, last, code] of FAILURES)
  test(`where ${what} everything stays as it was`, async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'file'), 'old');
    writeFileSync(join(folder, 'first'), 'old');
    mkdirSync(join(folder, 'folder'));
    const state = contentsOf(folder);
    await assert.rejects(
      writeTogether([
        { path: join(folder, 'first'), text: 'new', before: 'old' },
        { path: join(folder, 'new', 'one'), text: 'new', before: null },
        { path: join(folder, last), text: 'new', before: null },
      ]),
      { code },
    );
    assert.deepEqual(contentsOf(folder), state);
  });

test('what is aborted before the first is in its place leaves everything as it was', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), 'old');
  const state = contentsOf(folder);
  const files = [
    { path: join(folder, 'file'), text: 'new', before: 'old' },
    { path: join(folder, 'new', 'one'), text: 'new', before: null },
  ];
  await assert.rejects(writeTogether(files, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.deepEqual(contentsOf(folder), state);
});

test('a failure half way says what was written and where the old one is', async (t) => {
  const folder = temporaryFolder(t);
  const [first, appearing, link] = [join(folder, 'first'), join(folder, 'appearing'), join(folder, 'link')];
  writeFileSync(first, 'old');
  // Leads to a file that is not there when all is made ready, and is there when its turn comes.
  symlinkSync('appearing', link);
  await assert.rejects(
    writeTogether([
      { path: first, text: 'new', before: 'old' },
      { path: appearing, text: 'one', before: null },
      { path: link, text: 'two', before: null },
    ]),
    { code: 'FILES_PARTLY_WRITTEN', message: /first" \(before: ".*first\.bak"\), ".*appearing"\.$/ },
  );
  assert.deepEqual(Object.keys(contentsOf(folder)), ['appearing', 'first', 'first.bak', 'link']);
});
