import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification } from '../../src/core/classification.ts';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { parseTools } from '../../src/core/parse-tools.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };
/** A tool that says nothing but that it gets something. */
const verdictOn = (inputSchema: object) =>
  classifyTools(
    parseTools([{ name: 'get_info', description: 'Gets info.', inputSchema }]).tools,
    { name: 'x' },
    knowledge,
  ).classifications[0] as Classification;
const taking = (properties: object) => ({ type: 'object', properties });
const action = { enum: ['list', 'delete'] };

const HIDING_PLACES: readonly [string, object][] = [
  ['a $ref to a value', { ...taking({ action: { $ref: '#/$defs/A' } }), $defs: { A: action } }],
  ['a $ref to an object', { ...taking({ o: { $ref: '#/definitions/O' } }), definitions: { O: taking({ action }) } }],
  ['a $ref for the whole schema', { $ref: '#/$defs/I', $defs: { I: taking({ action }) } }],
  ['consts in a union', taking({ action: { anyOf: [{ const: 'list' }, { const: 'delete' }] } })],
  ['an allOf', taking({ action: { allOf: [action] } })],
  ['a pattern', taking({ action: { type: 'string', pattern: '^(list|delete)$' } })],
  ['a default', taking({ action: { type: 'string', default: 'delete' } })],
  ['examples', taking({ action: { type: 'string', examples: ['list', 'delete'] } })],
  ['the description of the parameter', taking({ action: { type: 'string', description: 'One of: list, delete' } })],
  [
    'a list of operations',
    taking({ operations: { type: 'array', items: { anyOf: [{ const: 'get' }, { const: 'delete' }] } } }),
  ],
  ['the places of a tuple', taking({ operations: { type: 'array', prefixItems: [action] } })],
  ['a pattern for names', { type: 'object', patternProperties: { '^action$': action } }],
  ['a condition', { type: 'object', if: {}, else: taking({ action }) }],
  ['a dependency', { type: 'object', dependentSchemas: { a: taking({ action }) } }],
  ['harmless words', taking({ action: { enum: ['a', 'b', 'c', 'd', 'e', 'delete'] } })],
  ['seven objects', [1, 2, 3, 4, 5, 6, 7].reduce((inner: object) => taking({ o: inner }), taking({ action }))],
  ['a flag that may be null', taking({ purge: { type: ['boolean', 'null'] } })],
  ['a flag with its two values', taking({ purge: { enum: [true, false] } })],
  ['a flag in a union', taking({ purge: { anyOf: [{ type: 'boolean' }, { type: 'null' }] } })],
  ['a flag named delete', taking({ delete_original: { type: 'boolean' } })],
];

for (const [place, schema] of HIDING_PLACES)
  test(`what deletes does not hide in ${place}`, () => assert.equal(verdictOn(schema).class, 'Destructive'));

test('free code is found beside a value that is offered, in a wrapper, and where only its description tells', () => {
  for (const properties of [
    { sql: { anyOf: [{ type: 'string' }, { const: 'SELECT 1' }] } },
    { params: taking({ shell_command: { type: 'string' } }) },
    { q: { type: 'string', description: 'Python code that will be executed.' } },
  ])
    assert.equal(verdictOn(taking(properties)).class, 'Execute', JSON.stringify(properties));
});

test('what only protects, lists or gives examples destroys nothing', () => {
  for (const properties of [
    { delete_protection: { type: 'boolean' } },
    { include_deleted: { type: 'boolean' } },
    { operation: { type: 'string', description: 'The operation to look up, such as "read" or "delete".' } },
  ])
    assert.equal(verdictOn(taking(properties)).class, 'Read', JSON.stringify(properties));
});

test('references that lead in circles come to an end', { timeout: 20_000 }, () => {
  const round = { $ref: '#/$defs/A' };
  const circle = {
    ...taking({ action: round, o: round }),
    $defs: { A: { allOf: Array(20).fill(round), anyOf: [round], ...taking({ a: round, b: round }) } },
  };
  assert.equal(verdictOn(circle).class, 'Read');
});
