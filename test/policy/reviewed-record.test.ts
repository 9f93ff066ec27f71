import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReviewed, REVIEWED_LINE, reviewedLines } from '../../src/core/policy/recommend/reviewed-record.ts';
import { definitionDigests } from '../../src/io/tools/definition-digest.ts';

const NAMES = ['read_graph', '__proto__', '7', '100%', '%41', 'a b', 'a\u200Bb', 'läs', 'line\nbreak', '- x: y', ' '];

test('whatever a tool is called, its record is one line that can be seen, and is read back', () => {
  const record = new Map(NAMES.map((name, at) => [name, String(at).padStart(32, '0')]));
  const lines = reviewedLines(record);
  for (const line of lines) assert.match(line, REVIEWED_LINE);
  assert.deepEqual([...parseReviewed(lines)].sort(), [...record].sort());
});

const TOOL = {
  name: 'a',
  description: 'Lists.',
  inputSchema: { type: 'object', properties: { x: { type: 'string' } } },
};
const digest = (...tools: unknown[]): string | undefined => definitionDigests(tools).get('a');

const SAME: readonly (readonly [what: string, tool: object])[] = [
  [
    'the order of its keys',
    { inputSchema: { properties: TOOL.inputSchema.properties, type: 'object' }, description: 'Lists.', name: 'a' },
  ],
  ['what nobody reads', { ...TOOL, _meta: { build: 7 } }],
];
for (const [what, tool] of SAME)
  test(`a definition is the same whatever ${what}`, () => assert.equal(digest(tool), digest(TOOL)));

const OTHER: readonly (readonly [what: string, tools: object[]])[] = [
  ['description', [{ ...TOOL, description: 'Deletes.' }]],
  ['parameters', [{ ...TOOL, inputSchema: { type: 'object' } }]],
  ['annotations', [{ ...TOOL, annotations: { readOnlyHint: true } }]],
  ['title', [{ ...TOOL, title: 'A' }]],
  ['rivals', [TOOL, { ...TOOL, description: 'Deletes.' }]],
];
for (const [what, tools] of OTHER)
  test(`a definition is another one with other ${what}`, () => assert.notEqual(digest(...tools), digest(TOOL)));

test('a definition that is nested too deeply has no digest, and so is asked about each time', () => {
  let inputSchema: object = { type: 'object' };
  for (let depth = 0; depth < 100_000; depth += 1) inputSchema = { properties: { x: inputSchema } };
  assert.equal(digest({ ...TOOL, inputSchema }), undefined);
});
