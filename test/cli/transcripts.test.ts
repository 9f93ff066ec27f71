import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
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

test('every command in the README prints what the README says', async (t) => {
  const path = join(ROOT, 'README.md');
  const written = readFileSync(path, 'utf8');
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'policylayer'));
  compare(path, written, await replayConsole(written, folder));
});

function compare(path: string, written: string, replayed: string): void {
  if (isRecording) writeFileSync(path, replayed);
  else assert.equal(replayed, written, 'If that is meant: UPDATE_GOLDEN=1 npm test, and review the diff.');
}
