import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('dist/cli/', import.meta.resolve('#package.json')));
const files = readdirSync(folder).filter((file) => file.endsWith('.js'));

/** The files that each file of the bundle loads with itself. */
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return [file, [...text.matchAll(/^(?:import|export) (?:.* from )?'\.\/(.+)';$/gm)].map(([, to = '']) => to)];
  }),
);

/** The files behind one, each once; fails where one waits for itself. */
function loaded(file: string, waiting: readonly string[] = []): Set<string> {
  assert.ok(!waiting.includes(file), `in a circle: ${[...waiting, file].join(', ')}`);
  const behind = imports.get(file);
  assert.ok(behind !== undefined, `${waiting.at(-1)} loads ${file}, which is not there`);
  return new Set([file, ...behind.flatMap((each) => [...loaded(each, [...waiting, file])])]);
}

test('every file that one loads is there, and none waits for itself', () => {
  for (const file of files) loaded(file);
});

test('the start of classify loads a handful of files', () => {
  const all = new Set([...loaded('main.js'), ...loaded('classify.js')]);
  assert.deepEqual([...all].sort(), ['always.js', 'classify.js', 'judging.js', 'main.js', 'often.js']);
});
