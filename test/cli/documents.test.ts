import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { linkedFiles, readDocuments } from '../support/documents.ts';
import { run } from '../support/run-cli.ts';
import { commandsNotRun } from '../support/transcript.ts';

const documents = readDocuments();

for (const document of documents) {
  test(`${document.name} shows no command with its output that no test runs`, () =>
    assert.deepEqual(commandsNotRun(document.text), []));

  test(`no section of ${document.name} stands there twice`, () => {
    const headings = document.text.match(/^#+ .*$/gm) ?? [];
    assert.deepEqual(headings, [...new Set(headings)]);
  });

  test(`every file that ${document.name} links to is there`, () => {
    const isThere = (file: string): boolean => existsSync(join(dirname(document.path), file));
    assert.deepEqual(
      linkedFiles(document).filter((file) => !isThere(file)),
      [],
    );
  });
}

test('the README leads to every other document', () => {
  const linked = documents.filter(({ name }) => name === 'README.md').flatMap(linkedFiles);
  const others = documents.map(({ name }) => name).filter((name) => name !== 'README.md');
  assert.deepEqual(
    others.filter((name) => !linked.includes(name)),
    [],
  );
});

test('every command and option that the documents name is one of ours', async () => {
  const commands = (await run(['--help'])).stdout;
  const optionsOf = async (...command: string[]): Promise<string> => (await run([...command, '--help'])).stdout;
  const wrong: string[] = [];
  for (const { name, text } of documents) {
    for (const [line, command = '', words = ''] of text.matchAll(
      /(?:^\$ |^|`|; )policylayer ([a-z]+)([^`|#\n;>]*)/gm,
    )) {
      const [ours = ''] = words.split(' -- ');
      const named: string[] = ours.match(/(?<=\s)--[a-z-]+/g) ?? [];
      const below = /^ ([a-z]+)/.exec(ours)?.slice(1) ?? [];
      const known = named.length === 0 ? '' : (await optionsOf(command)) + (await optionsOf(command, ...below));
      if (!commands.includes(`\n  ${command} `) || named.some((option) => !known.includes(option)))
        wrong.push(`${name}: ${line}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('a block of commands that is indented, has a title or is no console is told apart from one that runs', () => {
  const block = '```console\n$ true\n```\n';
  assert.deepEqual(commandsNotRun(`Text.\n\n${block}`), []);
  assert.deepEqual(commandsNotRun('- Text:\n\n  ```console\n  $ true\n  ```\n').length, 2);
  assert.deepEqual(commandsNotRun('```console title\n$ true\n```\n').length, 2);
  assert.deepEqual(commandsNotRun('```sh\n$ true\n```\n'), ['$ true']);
});
