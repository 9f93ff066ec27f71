import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDocuments } from '../support/documents.ts';
import { isRecording } from '../support/golden.ts';
import { ROOT, temporaryFolder } from '../support/run-cli.ts';
import { replayConsole, replayTranscript } from '../support/transcript.ts';

const folder = join(ROOT, 'test', 'transcripts');

for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
  const path = join(folder, file);
  const written = readFileSync(path, 'utf8');
  const title = written.split('\n')[0]?.replace(/^# /, '');
  test(`transcript ${file}: ${title}`, async (t) =>
    compare(path, written, await replayTranscript(written, temporaryFolder(t))));
}

for (const { name, path, text } of readDocuments()) {
  test(`every command in ${name} prints what it says there`, async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(ROOT, join(folder, 'node_modules', 'policylayer'));
    compare(path, text, await replayConsole(text, folder));
  });
}

function compare(path: string, written: string, replayed: string): void {
  if (isRecording) writeFileSync(path, replayed);
  else
    assert.deepEqual(
      replayed.split('\n'),
      written.split('\n'),
      'If that is meant: UPDATE_GOLDEN=1 npm test, and review the diff.',
    );
}
