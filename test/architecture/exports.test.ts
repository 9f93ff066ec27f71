/** Nothing is written that nothing uses. Names are looked for as words, so one that also means something else may hide. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSourceFiles, readTestFiles, type SourceFiles, withoutComments } from './source-files.ts';

const EXPORT = /^export (?:async )?(const|class|function\*?|interface|type) (\w+)/gm;
const WORD = /\w+/g;

type Words = ReadonlyMap<string, number>;

function wordsOf(text: string): Words {
  const words = new Map<string, number>();
  for (const [word] of withoutComments(text).matchAll(WORD)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

function uselessExports(files: SourceFiles, tests: SourceFiles): string[] {
  const words = new Map([...files].map(([file, text]) => [file, wordsOf(text)]));
  const inTests = [...tests.values()].map(wordsOf);
  return [...files].flatMap(([file, text]) =>
    [...text.matchAll(EXPORT)].flatMap(([, kind, name = '']) => {
      const others = [...words].some(([other, its]) => other !== file && its.has(name));
      if (others || file === 'index.ts') return [];
      if (words.get(file)?.get(name) === 1) return [`${name} of ${file} is used by no program: delete it`];
      // The type of what a function takes or returns can be named by who calls it.
      const isType = kind === 'interface' || kind === 'type';
      if (isType || isFactory(text, name) || inTests.some((its) => its.has(name))) return [];
      return [`${name} of ${file} is used there alone: do not export it`];
    }),
  );
}

/** All factories of errors are called by a test, without their names. */
function isFactory(text: string, name: string): boolean {
  const [, body = ''] = text.split(new RegExp(`^export (?:const|function) ${name}\\b`, 'm'));
  return (body.split(/^(?:export|function|const) /m)[0] ?? '').includes('new UserError(');
}

const sources = readSourceFiles();
const tests = readTestFiles();

test('whatever is exported has a user elsewhere, and not in tests alone', () =>
  assert.deepEqual(uselessExports(sources, tests), []));

const FAULTS: readonly (readonly [what: string, text: string])[] = [
  ['a function that only tests use', 'export function governedMachine() {}'],
  ['a type without a user', 'export interface Unheard {}'],
  ['a constant that is used in its file alone', 'export const UNHEARD = 1;\nconst a = UNHEARD;'],
];

for (const [what, text] of FAULTS)
  test(`a seeded fault is found: ${what}`, () =>
    assert.match(uselessExports(new Map([...sources, ['core/a.ts', text]]), new Map()).join(), / of core\/a\.ts/));
