import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { UserError } from '../../src/core/user-error.ts';
import { type Line, lineBlocks, linesOf } from '../../src/io/files/read-lines.ts';
import { inputToolSource } from '../../src/io/tools/read-tools-file.ts';
import type { ToolListing } from '../../src/io/tools/tool-source.ts';
import { fileInput } from '../../src/io/tools/tools-input.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const signal = new AbortController().signal;

/** What is listed of an input that arrives in these chunks. */
function list(...chunks: (string | Buffer)[]): Promise<ToolListing> {
  const open = (): Readable => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return inputToolSource({ name: 'tools', target: 'tools.json', open }).listTools({ signal });
}

const fails = (code: string, because: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError);
  assert.equal(error.code, code);
  assert.match(error.because, because);
  return true;
};

test('a document is read whole, however it is cut into chunks', async () => {
  const { tools, transport } = await list('{"to', 'ols": [{"name"', ':\n"a"}]', '}\n');
  assert.deepEqual([tools, transport], [[{ name: 'a' }], 'file']);
});

test('a tool a line: marks of Windows, blank lines and a missing end do no harm', async () => {
  const { tools, findings } = await list('\uFEFF{"name":"a"}\r\n\r\n', ' \n{"name"', ':"b"}\n{"name":"c"}');
  assert.deepEqual(tools, [{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  assert.deepEqual(findings, []);
});

test('a broken line becomes a finding with its number, and hides no other', async () => {
  const { tools, findings } = await list('{"name":"a"}\n\n{"name":\n{"name":"b"}\n[1]\n', Buffer.from([0xff, 0x0a]));
  assert.deepEqual(tools, [{ name: 'a' }, { name: 'b' }]);
  assert.deepEqual(
    findings.map(({ message }) => message),
    [
      'Line 3 could not be read. Column 9: expected a value, found the end of the text.',
      'Line 5 could not be read. It is not an object.',
      'Line 6 could not be read. It is not UTF-8.',
    ],
  );
});

test('a thousand broken lines make fifty findings and a count', async () => {
  const { findings } = await list(`{"name":"a"}\n${'x\n'.repeat(1000)}`);
  assert.equal(findings.length, 51);
  assert.match(findings.at(-1)?.message ?? '', /^950 more lines/);
});

test('a line that is too long is dropped while it is read, and the next is read', async () => {
  const chunks = Readable.from(
    ['{"a":1}\n', 'x'.repeat(50), 'x'.repeat(50), '\n{"b":2}'].map((text) => Buffer.from(text)),
  );
  const limit = { maxLineBytes: 20 };
  const lines: Line[] = [];
  let bytes = 0;
  for await (const block of lineBlocks(chunks, limit)) {
    bytes += block.length;
    lines.push(...linesOf(block, limit).lines);
  }
  // Numbered from the beginning of each block.
  assert.deepEqual(lines, [
    { number: 1, text: '{"a":1}' },
    { number: 1, fault: 'It is longer than 20 bytes' },
    { number: 1, text: '{"b":2}' },
  ]);
  assert.equal(bytes, '{"a":1}\n'.length + 21 + '\n'.length + '{"b":2}'.length);
});

test('one page of several is said to be one', async () => {
  const { findings } = await list('{"tools": [], "nextCursor": "2"}');
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['one-of-several-pages'],
  );
});

test('what holds no tools says what it holds instead', async () => {
  await assert.rejects(list(' \n '), fails('INPUT_EMPTY', /white space/));
  await assert.rejects(list('{"tools": [\n{]}'), fails('INPUT_NOT_JSON', /^Line 2, column 2: expected a name/));
  await assert.rejects(list('{"offers": {}}'), fails('INPUT_WITHOUT_TOOLS', /"offers"/));
  await assert.rejects(list('{"mcpServers": {}}'), fails('INPUT_IS_CLIENT_CONFIG', /client/));
  await assert.rejects(list('{"tools": [1, "a"]}'), fails('INPUT_WITHOUT_TOOLS', /nothing is an object/));
  await assert.rejects(list('{"error": {"message": "Not now"}}'), fails('INPUT_IS_ERROR', /^Not now\.$/));
  await assert.rejects(list(Buffer.from('[{"name":"a"}]', 'utf16le')), fails('INPUT_NOT_JSON', /column 2/));
  await assert.rejects(list(Buffer.from([0x22, 0xff, 0x22])), fails('INPUT_NOT_UTF8', /UTF-16/));
});

test('a file is named without its folders', async (t: TestContext) => {
  const path = join(temporaryFolder(t), 'tools.json');
  writeFileSync(path, '[]');
  const source = inputToolSource(fileInput({ name: 'tools', path }));
  assert.deepEqual([source.name, source.target], ['tools', 'tools.json']);
  assert.deepEqual((await source.listTools({ signal })).tools, []);
  const missing = inputToolSource(fileInput({ name: 'none', path: `${path}.none` }));
  await assert.rejects(missing.listTools({ signal }), fails('INPUT_UNREADABLE', /ENOENT/));
});

test('an abort ends the wait for an input that does not come', async () => {
  const abort = new AbortController();
  const open = (): Readable => new Readable({ read() {} });
  const listing = inputToolSource({ name: 'a', target: 'a', open }).listTools({ signal: abort.signal });
  abort.abort();
  await assert.rejects(listing, { name: 'AbortError' });
});
