import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classifyTools } from '../../src/core/classify/classify.ts';
import type { Tool } from '../../src/core/tool.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };
const verdictOn = (tool: Tool) => classifyTools([tool], { name: 'x' }, knowledge).classifications[0];
const choosing = (parameter: string, values: string[]) => ({
  type: 'object',
  properties: { [parameter]: { type: 'string', enum: values } },
});

test('each value is evidence of its own class, and the tool takes the worst', () => {
  const verdict = verdictOn({ name: 'things', inputSchema: choosing('method', ['list', 'create', 'delete']) });
  assert.equal(verdict?.class, 'Destructive');
  const bySays = Object.fromEntries((verdict?.evidence ?? []).map(({ quote, says }) => [quote, says]));
  assert.deepEqual(bySays, { list: 'Read', create: 'Write', delete: 'Destructive' });
});

test('the harmless values stay allowed and limited, the others are denied', () => {
  const verdict = verdictOn({ name: 'label_write', inputSchema: choosing('method', ['create', 'update', 'delete']) });
  assert.equal(verdict?.hidden, false);
  assert.deepEqual(verdict?.rule?.deny_if?.[0]?.conditions, [
    { path: 'args.method', op: 'not_in', value: ['create', 'update'] },
  ]);
  assert.equal(verdict?.rule?.limits?.[0]?.max, 30);
});

test('where the rest only reads it is not limited', () => {
  const verdict = verdictOn({ name: 'orders', inputSchema: choosing('action', ['list', 'get', 'cancel']) });
  assert.equal(verdict?.class, 'Financial');
  assert.deepEqual(Object.keys(verdict?.rule ?? {}), ['deny_if']);
});

test('a value that no rule knows is not allowed', () => {
  const verdict = verdictOn({ name: 'label', inputSchema: choosing('action', ['list', 'create', 'delete', 'zap']) });
  assert.deepEqual(verdict?.rule?.deny_if?.[0]?.conditions[0]?.value, ['list', 'create']);
});

test('a tool whose name or description say the same is not split', () => {
  const schema = choosing('action', ['list', 'delete']);
  assert.equal(verdictOn({ name: 'delete_labels', inputSchema: schema })?.hidden, true);
  assert.equal(verdictOn({ name: 'labels', description: 'Deletes labels.', inputSchema: schema })?.hidden, true);
});

test('a choice inside a list cannot be told in a condition, so the tool is hidden', () => {
  const inputSchema = { properties: { steps: { type: 'array', items: choosing('action', ['list', 'delete']) } } };
  assert.equal(verdictOn({ name: 'labels', inputSchema })?.hidden, true);
});
