import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import { evaluate } from '../../src/core/policy/evaluate.ts';
import { recommend } from '../../src/core/policy/recommend/recommend.ts';
import type { JsonObject, Tool } from '../../src/core/tool.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const regex = await loadLinearRegex();
const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };

function decisions(tool: Tool, values: readonly unknown[], argsOf: (value: unknown) => object): string[] {
  const policy = compilePolicy(recommend(classifyTools([tool], { name: 'x' }, knowledge).classifications), { regex });
  return values.map((value) => evaluate(policy, { tool: tool.name, args: { ...argsOf(value) } }).outcome);
}

/** The shapes in which a schema lists the values of one argument, and how a call carries one. */
const SHAPES: readonly [(values: string[]) => JsonObject, (value: unknown) => object][] = [
  [(values) => ({ properties: { action: { enum: values } } }), (action) => ({ action })],
  [(values) => ({ properties: { method: { type: 'string', enum: values } } }), (method) => ({ method })],
  [(values) => ({ properties: { op: { anyOf: values.map((each) => ({ const: each })) } } }), (op) => ({ op })],
  [(values) => ({ properties: { o: { properties: { action: { enum: values } } } } }), (action) => ({ o: { action } })],
  [(values) => ({ properties: { op: { $ref: '#/$defs/V' } }, $defs: { V: { enum: values } } }), (op) => ({ op })],
  [(values) => ({ properties: { action: { pattern: `^(${values.join('|')})$` } } }), (action) => ({ action })],
];
const harmless = fc.subarray(['list', 'get', 'search', 'create', 'update'], { minLength: 1 });
const dangerous = fc.subarray(['delete', 'purge', 'destroy', 'wipe', 'refund', 'pay'], { minLength: 1 });

test('of the values of one argument the dangerous are denied and the harmless let through, in whatever shape', () => {
  fc.assert(
    fc.property(fc.constantFrom(...SHAPES), harmless, dangerous, ([schemaOf, argsOf], fine, grave) => {
      const tool = { name: 'things', inputSchema: schemaOf([...fine, ...grave]) };
      assert.deepEqual(
        decisions(tool, fine, argsOf).filter((action) => action === 'deny'),
        [],
      );
      const others = [...grave, 'DELETE', 'Delete', ' delete', ['delete'], null, undefined, {}];
      assert.deepEqual(new Set(decisions(tool, others, argsOf)), new Set(['deny']));
    }),
    { numRuns: 200 },
  );
});

test('a list of operations and a flag that destroys leave nothing to split: every call is denied', () => {
  for (const [properties, args] of [
    [{ operations: { type: 'array', items: { enum: ['get', 'delete'] } } }, { operations: ['get', 'delete'] }],
    [
      { action: { enum: ['get', 'list'] }, force_delete: { type: 'boolean' } },
      { action: 'get', force_delete: true },
    ],
  ] as const)
    assert.deepEqual(
      decisions({ name: 'things', inputSchema: { properties } }, [args], (value) => value as object),
      ['deny'],
    );
});
