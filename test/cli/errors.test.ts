/** Every error a person can see is made by a factory. This calls all of them. */
import assert from 'node:assert/strict';
import { join, sep } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { bugText, errorText } from '../../src/cli/error-text.ts';
import { UserError } from '../../src/core/user-error.ts';
import { readSourceFiles, withoutComments } from '../architecture/source-files.ts';
import { ROOT } from '../support/run-cli.ts';

/** Stands for any argument: every property of it is itself, a list of it holds one word, and as text it is "Sample.". */
const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => {
    if (key === Symbol.toPrimitive) return () => 'Sample.';
    if (key === Symbol.iterator) return () => ['Sample.'][Symbol.iterator]();
    return anything;
  },
  apply: () => anything,
});

const sources = [...readSourceFiles()].filter(([file]) => file !== 'core/user-error.ts' && !file.startsWith('build/'));
const writing = sources.filter(([, text]) => withoutComments(text).includes('new UserError('));

async function factories(): Promise<Map<string, (...args: unknown[]) => unknown>> {
  const found = new Map<string, (...args: unknown[]) => unknown>();
  for (const [file] of writing) {
    const compiled = join(ROOT, 'dist', 'src', file.replaceAll('/', sep).replace(/\.ts$/, '.js'));
    for (const [name, value] of Object.entries(await import(pathToFileURL(compiled).href)))
      if (typeof value === 'function' && String(value).includes('new UserError('))
        found.set(`${name} of ${file}`, value as () => unknown);
  }
  return found;
}

const errors = [...(await factories())].map(
  ([name, factory]) => [name, factory(anything, anything, anything)] as const,
);

test('every place that writes an error is a factory that this test can call', () => {
  const written = writing.flatMap(([, text]) => withoutComments(text).match(/new UserError\(/g) ?? []);
  assert.equal(errors.length, written.length, `found ${errors.map(([name]) => name).join(', ')}`);
});

for (const [name, error] of errors)
  test(`${name} says what happened, why, and what to do next, in full sentences, each on one line`, () => {
    assert.ok(error instanceof UserError);
    assert.match(String(error.code), /^[A-Z][A-Z0-9_]+$/);
    assert.match(String(error.message), /^["A-Z].*\.$/);
    assert.match(String(error.hint), /^["A-Z].*\.$/);
    assert.match(String(error.because), /^.+$/);
  });

test('no two errors share a code', () => {
  const codes = errors.map(([, error]) => (error as UserError).code);
  assert.deepEqual(codes, [...new Set(codes)]);
});

test('an error is three lines; what a server said stands between them, and cannot steer the terminal', () => {
  const error = new UserError({
    code: 'SAMPLE',
    message: 'The server\u001B[2J "a" died.',
    because: 'It exited.',
    hint: 'Look.',
    serverOutput: ['one', '\u001B]0;title\u0007two\nthree'],
  });
  assert.equal(
    errorText(error),
    'error: The server "a" died.\ncause: It exited.\n       | one\n       | two⏎three\nhint:  Look.',
  );
});

test('a mistake of ours comes with its stack, the versions, and a word on what to do', () => {
  const text = bugText(new TypeError('a is undefined'));
  assert.match(text, /^TypeError: a is undefined\n +at /);
  assert.match(text, /This is a bug in policylayer\. Please report it.*policylayer \d.*Node\.js v\d/);
});
