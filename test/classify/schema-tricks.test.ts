import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification } from '../../src/core/classification.ts';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { parseTools } from '../../src/core/listing/parse-tools.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';
import { HIDING_PLACES, taking } from './hiding-places.ts';

const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };
/** A tool that says nothing but that it gets something. */
const verdictOn = (inputSchema: object) =>
  classifyTools(
    parseTools([{ name: 'get_info', description: 'Gets info.', inputSchema }]).tools,
    { name: 'x' },
    knowledge,
  ).classifications[0] as Classification;
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
