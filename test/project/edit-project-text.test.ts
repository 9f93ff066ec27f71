import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { placeholder as env } from '../../src/core/project/placeholder.ts';
import type { ProjectServer } from '../../src/core/project/project.ts';
import { editProjectText } from '../../src/io/project/edit-project-text.ts';
import { readProject } from '../../src/io/project/read-project.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const edit = (text: string, servers: Record<string, ProjectServer>): string =>
  editProjectText(text, 'policylayer.yaml', new Map(Object.entries(servers)));

const TRELLO: ProjectServer = {
  command: 'npx',
  args: ['-y', 'trello', `--key=${env('KEY')}`],
  env: { TOKEN: env('TOKEN') },
  policy: 'policies/trello.yaml',
  clients: ['cursor'],
};

test('a new file says what it is, and is read back as it was meant', async (t) => {
  const folder = temporaryFolder(t);
  const path = join(folder, 'policylayer.yaml');
  const text = edit('', { trello: TRELLO });
  writeFileSync(path, text);
  assert.equal(
    text.replace(/^(?:#.*\n)+\n/, ''),
    [
      'version: "1"',
      'servers:',
      '  trello:',
      '    command: npx',
      `    args: [-y, trello, "--key=${env('KEY')}"]`,
      '    env:',
      `      TOKEN: ${env('TOKEN')}`,
      '    policy: policies/trello.yaml',
      '    clients: [cursor]',
      '',
    ].join('\n'),
  );
  const project = await readProject({ workingDirectory: folder, home: folder });
  assert.deepEqual(project?.servers.get('trello'), TRELLO);
});

const BY_HAND = `# Ours.
$schema: config.json # for the editor

overrides:
    "*": { ping: { class: Other, because: "It is ours." } } # decided in spring

# Who is asked.
servers:
    # The board.
    trello:
        command: node # not npx
        args: [server.js]
        env: { TOKEN: "${env('MY_TOKEN')}", MODE: slow }

    docs:
        url: https://docs.example/mcp
`;

test('what a person wrote stays, byte for byte, where nothing has to change', () => {
  const { command, args, ...rest } = { command: 'node', args: ['server.js'], env: { TOKEN: env('TOKEN') } };
  assert.equal(
    edit(BY_HAND.replaceAll('{ ', '{').replaceAll(' }', '}'), { trello: { command, args, ...rest } }),
    BY_HAND.replaceAll('{ ', '{').replaceAll(' }', '}'),
  );
  const edited = edit(BY_HAND, { new: { url: 'https://new.example/mcp' } });
  assert.equal(
    edited.replace('args: [ server.js ]', 'args: [server.js]'),
    `${BY_HAND}    new:\n        url: https://new.example/mcp\n`,
  );
});

test('a server that moved is reached in the new way alone, and keeps its policy and comments', () => {
  const before = 'servers:\n  # The board.\n  a:\n    command: x # old\n    args: [ y ]\n    policy: p.yaml # kept\n';
  assert.equal(
    edit(before, { a: { url: 'https://a.example/mcp' } }),
    'servers:\n  # The board.\n  a:\n    policy: p.yaml # kept\n    url: https://a.example/mcp\n',
  );
});

test('a file of comments, an empty list of servers and one on a line take a server in', () => {
  const added = { a: { command: 'x' } };
  assert.equal(edit('# Mine.\n', added), '# Mine.\n\nversion: "1"\nservers:\n  a:\n    command: x\n');
  for (const none of ['servers:\n', 'servers: {}\n', 'servers: ~\n'])
    assert.equal(edit(none, added), 'servers:\n  a:\n    command: x\n');
  assert.match(
    edit('servers: { b: { command: y } }\n', added),
    /^servers: \{ b: \{ command: y \}, a: \{ command: x \} \}\n$/,
  );
  assert.match(edit('x: &x { b: { command: y } }\n'.replace('x:', 'servers:'), added), /a/);
});

test('a text that is not valid, and a change that would make it so, are refused', () => {
  assert.throws(() => edit('servers: 3\n', { a: { command: 'x' } }), { code: 'PROJECT_INVALID' });
  assert.throws(() => edit('servers: {}\n', { 'a\n': { command: 'x' } }), { code: 'PROJECT_INVALID' });
});

test('the same servers again change no byte', () => {
  const edited = edit(BY_HAND, { trello: TRELLO });
  assert.equal(edit(edited, { trello: TRELLO }), edited);
});

test('lines end as they did', () => {
  const text = '# Ours.\nservers:\n  mine: # by hand\n    command: x\n';
  const unix = edit(text, { trello: TRELLO });
  assert.equal(edit(text.replaceAll('\n', '\r\n'), { trello: TRELLO }), unix.replaceAll('\n', '\r\n'));
});
