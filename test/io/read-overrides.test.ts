import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { OVERRIDES_FILE, readOverrides } from '../../src/io/read-overrides.ts';
import { temporaryFolder } from '../support/run-cli.ts';

function read(t: TestContext, yaml: string) {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, OVERRIDES_FILE), yaml);
  return readOverrides(folder);
}

test('no file means no overrides, and so does an empty one', async (t) => {
  assert.deepEqual(await readOverrides(temporaryFolder(t)), {});
  assert.deepEqual(await read(t, '# nothing yet\n'), {});
  assert.deepEqual(await read(t, 'overrides:\n#  shop: {}\n'), {});
});

test('overrides are read by server and tool', async (t) => {
  const yaml = 'overrides:\n  github:\n    create_issue: { class: Write, because: We want issues. }\n';
  assert.deepEqual(await read(t, yaml), { github: { create_issue: { class: 'Write', because: 'We want issues.' } } });
});

test('every mistake is told with its line, all at once', async (t) => {
  const yaml = 'overrides:\n  github:\n    a: { class: Writ, because: x }\n    b: { class: Write }\noveride: {}\n';
  await assert.rejects(read(t, yaml), (error: { code: string; because: string }) => {
    assert.equal(error.code, 'OVERRIDES_INVALID');
    assert.match(
      error.because,
      /line 3: overrides\.github\.a\.class: .*; .*overrides\.github\.b\.because: .*; .*"overide"/,
    );
    return true;
  });
});

test('broken YAML is told with its line', async (t) => {
  await assert.rejects(read(t, 'overrides:\n  a: [1\n'), { code: 'OVERRIDES_INVALID', because: /line \d: / });
});

test('an alias that leads nowhere, or multiplies itself, is a mistake in the file and not in us', async (t) => {
  const list = (name: string, of: string): string => `${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`;
  for (const yaml of [
    'overrides: *nowhere\n',
    ['1', '*a', '*b', '*c'].map((of, at) => list('abcd'[at] ?? '', of)).join(''),
  ])
    await assert.rejects(read(t, yaml), { code: 'OVERRIDES_INVALID', because: /alias/i });
});
