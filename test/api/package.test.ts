import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { linkedFiles, readDocuments } from '../support/documents.ts';
import { ROOT } from '../support/run-cli.ts';

const scratch = mkdtempSync(join(tmpdir(), 'policylayer-package-'));
after(() => rmSync(scratch, { recursive: true }));

/** The package as it is published, beside what it depends on. */
function unpacked(): string {
  const npm = ['pack', '--ignore-scripts', '--silent', '--pack-destination', scratch];
  const tarball = execFileSync('npm', npm, { cwd: ROOT, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(scratch, tarball), '-C', scratch]);
  const folder = join(scratch, 'package');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const folder = unpacked();

test('the published package holds all that its command needs', () => {
  const tools = JSON.stringify([{ name: 'delete_file' }]);
  const bin = join(folder, 'bin/policylayer.js');
  const printed = execFileSync(process.execPath, [bin, 'classify', '--format', 'ndjson'], { input: tools });
  assert.match(printed.toString(), /"class":"Destructive"/);
});

test('the published package holds all that its library needs', async () => {
  const { classify } = await import(pathToFileURL(join(folder, 'dist/src/index.js')).href);
  assert.equal(classify([{ name: 'delete_file' }])[0].class, 'Destructive');
});

test('the published package holds every document, and what the documents link to', () => {
  const files = readDocuments().flatMap((document) => [
    document.name,
    ...linkedFiles(document).map((file) => join(dirname(document.name), file)),
  ]);
  assert.deepEqual(
    files.filter((file) => !existsSync(join(folder, file))),
    [],
  );
});
