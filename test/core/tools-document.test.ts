import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputLayout } from '../../src/core/listing/input-layout.ts';
import { parseToolsDocument } from '../../src/core/listing/parse-tools-document.ts';

const tool = { name: 'list_files' };
const plain = { server: null, tools: [tool], hasMore: false };

const DOCUMENTS: readonly (readonly [what: string, document: unknown, parsed: unknown])[] = [
  ['a tools/list result', { tools: [tool] }, plain],
  ['a bare list of tools', [tool], plain],
  ['one tool', tool, plain],
  ['a whole response', { jsonrpc: '2.0', id: 1, result: { tools: [tool] } }, plain],
  [
    'a result that names its server',
    { server: { name: 'a', version: '1' }, tools: [tool] },
    { ...plain, server: { name: 'a', version: '1' } },
  ],
  [
    'a server without a version',
    { serverInfo: { name: 'a' }, tools: [tool] },
    { ...plain, server: { name: 'a', version: '' } },
  ],
  ['a server that is only a name', { server: 'a', tools: [tool] }, { ...plain, server: { name: 'a', version: '' } }],
  ['a server without a name', { server: { version: '1' }, tools: [tool] }, plain],
  ['the first of several pages', { tools: [tool], nextCursor: 'x' }, { ...plain, hasMore: true }],
  [
    'malformed tools, which are left to be read one by one',
    { tools: [tool, 5, null] },
    { ...plain, tools: [tool, 5, null] },
  ],
  [
    'an error response',
    { jsonrpc: '2.0', id: 1, error: { code: -1, message: 'No.' } },
    { kind: 'error-response', says: 'No.' },
  ],
  ['something else', { foo: 1, bar: 2 }, { kind: 'no-tools', found: 'an object with "foo", "bar"' }],
  ['an empty object', {}, { kind: 'no-tools', found: 'an empty object' }],
  ['null', null, { kind: 'no-tools', found: 'null' }],
  ['a number', 5, { kind: 'no-tools', found: 'a number' }],
];

for (const [what, document, parsed] of DOCUMENTS)
  test(`a document with ${what} is read`, () => assert.deepEqual(parseToolsDocument(document), parsed));

const BEGINNINGS: readonly (readonly [layout: ReturnType<typeof inputLayout>, first: string, second?: string])[] = [
  ['lines', '{"name":"a"}'],
  ['lines', '{"name":"a"}', '{"name":"b'],
  ['lines', '{"name":"a","desc', '{"name":"b"}'],
  ['lines', '{"tools":[]}', '{"tools":[]}'],
  ['lines', '5', '{"name":"b"}'],
  ['document', '{', '  "tools": ['],
  ['document', '[', '{"name":"a"}'],
  ['document', '{"server":"x","tools":[', '{"name":"a"}'],
  ['document', '[{"name":"a"},', '{"name":"b"}]'],
  ['document', 'broken', 'broken'],
  [null, '{"tools":[{"name":"a"}]}'],
  [null, '{"name":"a","tools":[]}'],
  [null, '{'],
  [null, ''],
];

for (const [layout, first, second] of BEGINNINGS)
  test(`a text that begins with ${first}${second === undefined ? '' : ` and ${second}`} is ${layout ?? 'not yet told apart'}`, () =>
    assert.equal(inputLayout(first, second), layout));
