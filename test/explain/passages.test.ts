import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../src/core/classification.ts';
import { passagesOf } from '../../src/core/explain/passages.ts';
import type { Tool } from '../../src/core/tool.ts';

const says = (field: string, quote: string, what: Evidence['says'] = 'Read'): Evidence => ({
  rule: 'a/b',
  field,
  quote,
  says: what,
});

/** The passages with marks as «x». */
const marked = (tool: Tool, ...evidence: Evidence[]): string[] =>
  passagesOf(tool, evidence).map(
    ({ field, parts }) => `${field}: ${parts.map(({ text, marked }) => (marked ? `«${text}»` : text)).join('')}`,
  );

const tool: Tool = {
  name: 'list_orders',
  title: 'List orders',
  description: 'It listens. It can list orders, and list them again.',
  inputSchema: {
    properties: {
      action: { enum: ['get', 'delete'] },
      sql: { type: 'string', description: 'The statement.' },
      'a.b': { properties: { c: { description: 'Deep.' } } },
    },
  },
  annotations: { readOnlyHint: false },
};

const MARKED: readonly (readonly [what: string, evidence: Evidence[], passages: string[]])[] = [
  ['a word of the name', [says('name', 'list')], ['name: «list»_orders']],
  [
    'a whole word before a part of one',
    [says('description', 'list')],
    ['description: It listens. It can «list» orders, and list them again.'],
  ],
  [
    'overlapping quotes as one',
    [says('description', 'can list'), says('description', 'list orders')],
    ['description: It listens. It «can list orders», and list them again.'],
  ],
  [
    'values of a parameter',
    [says('inputSchema.properties.action.enum', 'delete')],
    ['inputSchema.properties.action.enum: get, «delete»'],
  ],
  [
    'a parameter by its name',
    [says('inputSchema.properties.sql', 'sql')],
    ['inputSchema.properties.sql: «sql»: The statement.'],
  ],
  [
    'a key with a dot in it',
    [says('inputSchema.properties.a.b.properties.c.description', 'Deep')],
    ['inputSchema.properties.a.b.properties.c.description: «Deep».'],
  ],
  ['a claim', [says('annotations.readOnlyHint', 'false')], ['annotations.readOnlyHint: «false»']],
  [
    'what cannot be found, by the quote alone',
    [says('description', 'gone'), says('inputSchema.nowhere', 'x')],
    ['description: «gone»', 'inputSchema.nowhere: «x»'],
  ],
  [
    'the fields in reading order',
    [says('description', 'list'), says('title', 'List'), says('name', 'list')],
    [
      'name: «list»_orders',
      'title: «List» orders',
      'description: It listens. It can «list» orders, and list them again.',
    ],
  ],
];

for (const [what, evidence, passages] of MARKED)
  test(`marked: ${what}`, () => assert.deepEqual(marked(tool, ...evidence), passages));

test('in a script without spaces the first place counts', () => {
  const description = '删除待办事项。用户说『删除』时调用';
  assert.deepEqual(marked({ name: 'x', description }, says('description', '删除')), [
    'description: «删除»待办事项。用户说『删除』时调用',
  ]);
});

test('of a list a whole item is marked', () => {
  const inputSchema = { properties: { action: { enum: ['delete-all', 'delete'] } } };
  assert.deepEqual(marked({ name: 'x', inputSchema }, says('inputSchema.properties.action.enum', 'delete')), [
    'inputSchema.properties.action.enum: delete-all, «delete»',
  ]);
});

test('a passage says each thing once that its marks speak for', () => {
  const [passage] = passagesOf(tool, [says('name', 'list'), says('name', 'orders'), says('name', 'orders', 'private')]);
  assert.deepEqual(passage?.says, ['Read', 'private']);
});

test('a long description is cut down to the surroundings of its marks', () => {
  const description = `${'a'.repeat(1000)} delete ${'b'.repeat(1000)} drop ${'c'.repeat(1000)}`;
  const [text = ''] = marked({ name: 'x', description }, says('description', 'delete'), says('description', 'drop'));
  assert.match(text, /^description: …a{99} «delete» b{99}…b{99} «drop» c{99}…$/);
});

test('joined, the parts of a short text are the text', () => {
  const [passage] = passagesOf(tool, [says('description', 'list')]);
  assert.equal(passage?.parts.map(({ text }) => text).join(''), tool.description);
});

test('a description of a million letters that all fit the quote is searched at once', () => {
  const [passage] = passagesOf({ name: 'x', description: 'a'.repeat(1_000_000) }, [says('description', 'aa')]);
  assert.ok((passage?.parts.length ?? 0) <= 5);
});
