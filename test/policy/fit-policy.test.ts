import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fitPolicy } from '../../src/core/policy/check/fit-policy.ts';
import { lintPolicy } from '../../src/core/policy/check/lint-policy.ts';
import { pathText } from '../../src/core/policy/json-pointer.ts';
import type { Condition, Guard, Policy, ToolRule } from '../../src/core/policy/policy.ts';
import type { PolicyProblem } from '../../src/core/policy/policy-problem.ts';
import type { JsonObject, Tool } from '../../src/core/tool.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { anyPolicy } from './any-policy.ts';

const regex = await loadLinearRegex();

const policyOf = (parts: Partial<Policy>): Policy => ({ version: '1', default: 'deny', tools: {}, ...parts });
const told = (problems: readonly PolicyProblem[]): string[] =>
  problems.map(({ level, path, message }) => `${level}: ${pathText(path)} ${message}`);
const linted = (parts: Partial<Policy>): string[] => told(lintPolicy(policyOf(parts), { regex }));
const fitted = (parts: Partial<Policy>, tools: readonly Tool[]): string[] =>
  told(fitPolicy(policyOf(parts), tools, { regex }));

const denying = (...conditions: Condition[]): ToolRule => ({ deny_if: [{ conditions }] });
const on = (op: string, value: unknown, path = 'args.x'): Condition => ({ path, op, value }) as Condition;

type Pair = readonly Condition[];

const CONTRADICTIONS: readonly Pair[] = [
  [on('eq', 1), on('eq', 2)],
  [on('eq', 1), on('neq', 1)],
  [on('eq', 'a'), on('in', ['b', 'c'])],
  [on('in', ['a']), on('in', ['b'])],
  [on('in', ['a', 'b']), on('not_in', ['b', 'a'])],
  [on('in', [])],
  [on('gt', 5), on('lt', 5)],
  [on('gte', 6), on('lte', 5)],
  [on('gt', 5), on('lte', 5)],
  [on('gt', 5), on('regex', 'a')],
  [on('eq', '7'), on('gt', 5)],
  [on('eq', 'b'), on('regex', '^a')],
  [on('exists', false), on('eq', 1)],
  [on('exists', false), on('exists', true)],
  [on('contains', 1), on('regex', 'a')],
  [on('eq', 1, 'args.a\\.b'), on('eq', 2, 'args.a\\.b')],
];
const POSSIBLE: readonly Pair[] = [
  [on('eq', 1), on('eq', 1)],
  [on('gte', 5), on('lte', 5)],
  [on('gt', 5), on('lt', 6)],
  [on('neq', 1), on('not_in', [2]), on('exists', false)],
  [on('eq', 1), on('eq', 2, 'args.y')],
  [on('regex', 'a'), on('regex', 'b')],
  [on('contains', 'a'), on('contains', 'b')],
  [on('in', ['a', 'b']), on('regex', '^b')],
  [on('eq', 7), on('gt', 5)],
  [on('gt', 1e300), on('neq', 2)],
  [],
];

for (const conditions of CONTRADICTIONS)
  test(`no call fulfils ${JSON.stringify(conditions)}`, () =>
    assert.match(
      linted({ tools: { t: denying(...conditions) } }).join(),
      /^error: tools\.t\.deny_if\[0\] never denies/,
    ));
for (const conditions of POSSIBLE)
  test(`some call may fulfil ${JSON.stringify(conditions)}`, () =>
    assert.deepEqual(linted({ tools: { t: denying(...conditions) } }), []));

test('what a policy does, and its author hardly means, is told', () => {
  const always: Guard = { conditions: [] };
  const limits = [{ counter: 'c', window: 'minute', max: 0, scope: 'grant' } as const];
  assert.deepEqual(
    linted({
      default: 'allow',
      hide: ['a', 'a'],
      tools: {
        a: {},
        b: { deny_if: [always, { conditions: [on('eq', 1)] }], require_approval: [always] },
        c: { limits },
        d: { require: [{ conditions: [on('exists', false), on('gt', 1)] }] },
      },
    }),
    [
      'warning: default lets every tool be called that no rule denies, also one that the server adds later',
      'warning: hide[1] names "a" a second time',
      'warning: tools.a is never used, since "hide" names the tool: it is hidden and denied',
      'warning: tools.b.deny_if[1] is never reached: a "deny_if" without conditions before it denies every call',
      'warning: tools.b.require_approval[0] is never reached: a "deny_if" without conditions before it denies every call',
      'warning: tools.c.limits[0].max is 0, so every call is denied',
      'error: tools.d.require[0] denies every call: it cannot be that args.x is missing and args.x is more than 1',
    ],
  );
  assert.deepEqual(linted({ hide: ['*'], tools: { a: {}, b: {} } }), [
    'warning: hide[0] "*" hides every tool, so the 2 rules below are never used',
  ]);
  assert.deepEqual(linted({ hide: ['*'] }), []);
});

const tool = (name: string, properties: JsonObject, more: JsonObject = {}): Tool => ({
  name,
  inputSchema: { type: 'object', properties, ...more },
});

test('tools that the server has not, and tools without a rule, are told', () => {
  const tools = [tool('list_orders', {}), tool('delete_order', {}), tool('constructor', {})];
  assert.deepEqual(fitted({ hide: ['delete_ordr', '*x'], tools: { listOrders: {}, toString: {} } }, tools), [
    'warning: hide[0] the server has no tool of this name: did you mean "delete_order"?',
    'warning: hide[1] the server has no tool of this name',
    'error: tools.listOrders the server has no tool of this name: did you mean "list_orders"?',
    'error: tools.toString the server has no tool of this name',
    'note: tools "list_orders" has no rule, so it is denied',
    'note: tools "delete_order" has no rule, so it is denied',
    'note: tools "constructor" has no rule, so it is denied',
  ]);
  assert.deepEqual(fitted({ default: 'allow', hide: ['nothing'] }, [tool('a', {})]), [
    'error: hide[0] the server has no tool of this name',
    'warning: tools "a" has no rule, so it is allowed',
  ]);
  assert.deepEqual(fitted({ hide: ['*'] }, tools), []);
});

/** What is said of conditions on a tool whose schema has these properties; only what follows the place. */
function says(properties: JsonObject, conditions: readonly Condition[], more: JsonObject = {}): string {
  const [problem] = fitPolicy(policyOf({ tools: { t: denying(...conditions) } }), [tool('t', properties, more)], {
    regex,
  });
  return problem === undefined ? 'fits' : `${problem.level} ${problem.code}: ${problem.message}`;
}

const NEVER = (is: string, but: string): string =>
  `error never-fires: never denies a call: by the server's schema args.x is ${is}, so it cannot be that args.x ${but}`;

const SCHEMAS: readonly (readonly [
  properties: JsonObject,
  condition: Condition,
  expected: string,
  more?: JsonObject,
])[] = [
  [{ x: { type: 'number' } }, on('gt', 5), 'fits'],
  [{ x: { type: 'integer', maximum: 4 } }, on('gt', 5), NEVER('a number of at most 4', 'is more than 5')],
  [{ x: { type: 'string' } }, on('gt', 5), NEVER('text', 'is more than 5')],
  [{ x: { type: ['string', 'number'] } }, on('gt', 5), 'fits'],
  [{ x: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, on('gt', 5), NEVER('text or null', 'is more than 5')],
  [{ x: { anyOf: [{ type: 'number' }, { type: 'null' }] } }, on('eq', null), 'fits'],
  [{ x: { allOf: [{ type: 'string' }, { minLength: 1 }] } }, on('gt', 5), 'fits'],
  [
    { x: { $ref: '#/$defs/n' } },
    on('regex', 'a'),
    NEVER('a number', 'matches "a"'),
    { $defs: { n: { type: 'number' } } },
  ],
  [{ x: { $ref: '#/$defs/loop' } }, on('regex', 'a'), 'fits', { $defs: { loop: { $ref: '#/$defs/loop' } } }],
  [{ x: { $ref: 'https://example.com/x' } }, on('regex', 'a'), 'fits'],
  [{ x: { enum: ['a', 'b'] } }, on('eq', 'c'), NEVER('one of "a" or "b"', 'is "c"')],
  [
    { x: { enum: ['a', 'b'] } },
    on('in', ['a', 'c']),
    `warning unknown-value: the server's schema does not list "c": it has "a" and "b"`,
  ],
  [{ x: { enum: ['a', 'b'] } }, on('not_in', ['a']), 'fits'],
  [
    { x: { enum: ['a', 'b'] } },
    on('neq', 'c'),
    `warning unknown-value: the server's schema does not list "c": it has "a" and "b"`,
  ],
  [{ x: { const: 'a' } }, on('regex', '^b'), NEVER('"a"', 'matches "^b"')],
  [{ x: { type: 'boolean' } }, on('eq', 'true'), NEVER('true or false', 'is "true"')],
  [{ x: { type: 'array', items: { type: 'string' } } }, on('contains', 'a'), 'fits'],
  [{ x: { type: 'array', items: { type: 'string' } } }, on('eq', 'a', 'args.x.0'), 'fits'],
  [{ x: true }, on('eq', 1), 'fits'],
  [{ x: {} }, on('eq', 1, 'args.x.y.z'), 'fits'],
  [
    { x: { type: 'object', properties: { id: {} } } },
    on('eq', 1, 'args.x.ids'),
    `error unknown-argument: the server's schema has no "args.x.ids": did you mean "args.x.id"?`,
  ],
  [{ amount: {} }, on('eq', 1), `error unknown-argument: the server's schema has no "args.x": there are "args.amount"`],
  [
    { amount: {} },
    on('eq', 1),
    `warning unknown-argument: the server's schema has no "args.x": there are "args.amount"`,
    { additionalProperties: true },
  ],
  [
    { 'a.b': {} },
    on('eq', 1, 'args.a.b'),
    `error unknown-argument: the server's schema has no "args.a.b": did you mean "args.a\\\\.b"?`,
  ],
  [{ 'a.b': {} }, on('eq', 1, 'args.a\\.b'), 'fits'],
  [
    {},
    on('exists', true, 'args.constructor'),
    `error unknown-argument: the server's schema has no "args.constructor": there are no arguments here`,
  ],
];

for (const [properties, condition, expected, more] of SCHEMAS)
  test(`${JSON.stringify(condition)} against ${JSON.stringify(properties)}`, () =>
    assert.equal(says(properties, [condition], more), expected));

test('a tool that takes anything, or says nothing, fits every condition', () => {
  const rule = denying(on('eq', 1, 'args.whatever'));
  assert.deepEqual(fitted({ tools: { t: rule } }, [{ name: 't' }]), []);
  assert.deepEqual(fitted({ tools: { t: rule } }, [{ name: 't', inputSchema: { type: 'object' } }]), []);
});

test('what cannot be added up is told', () => {
  const limits = [{ counter: 'c', window: 'day', max: 9, scope: 'grant', increment_from: 'args.x' } as const];
  assert.deepEqual(fitted({ tools: { t: { limits } } }, [tool('t', { x: { type: 'string' } })]), [
    `error: tools.t.limits[0].increment_from denies every call: by the server's schema args.x is text, and only numbers can be added up`,
  ]);
  assert.deepEqual(fitted({ tools: { t: { limits } } }, [tool('t', { x: { type: 'number' } })]), []);
});

test('a rule for all tools needs its argument in one of them', () => {
  const tools = [tool('a', { path: {} }), tool('b', { id: {} })];
  const rules = { a: {}, b: {} };
  assert.deepEqual(fitted({ all_tools: denying(on('contains', '..', 'args.path')), tools: rules }, tools), []);
  assert.deepEqual(fitted({ all_tools: denying(on('contains', '..', 'args.file')), tools: rules }, tools), [
    'warning: all_tools.deny_if[0].conditions[0].path no tool of the server has the argument "args.file"',
  ]);
});

test('a rule of a hidden tool is not held against the server', () => {
  const rule = denying(on('gt', 1));
  assert.deepEqual(fitted({ hide: ['t'], tools: { t: rule } }, [tool('t', { x: { type: 'string' } })]), []);
});

test('any policy can be held against any schemas', () => {
  fc.assert(
    fc.property(anyPolicy, fc.array(fc.dictionary(fc.string(), fc.jsonValue())), (policy, schemas) => {
      const names = [...Object.keys(policy.tools), 'other'];
      const tools = schemas.map(
        (inputSchema, at): Tool => ({ name: names[at % names.length] ?? 'other', inputSchema }),
      );
      lintPolicy(policy, { regex });
      fitPolicy(policy, tools, { regex });
    }),
  );
});
