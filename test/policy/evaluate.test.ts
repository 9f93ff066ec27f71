import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import { reserve, type Used } from '../../src/core/policy/counters.ts';
import { decide } from '../../src/core/policy/decide.ts';
import { type Decision, evaluate } from '../../src/core/policy/evaluate.ts';
import type { Guard, Policy } from '../../src/core/policy/policy.ts';
import { recommend } from '../../src/core/policy/recommend/recommend.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { anyGuard, anyPolicy } from './any-policy.ts';

const regex = await loadLinearRegex();

const policyOf = (parts: Partial<Policy>): Policy => ({ version: '1', default: 'deny', tools: {}, ...parts });

function call(parts: Partial<Policy>, tool: string, args: unknown = {}): Decision {
  return evaluate(compilePolicy(policyOf(parts), { regex }), { tool, args });
}

/** Whether one condition on `args.x` holds for the arguments. */
function holds(op: string, value: unknown, args: unknown, path = 'args.x'): boolean {
  const guard = { conditions: [{ path, op, value }] } as Guard;
  return call({ tools: { t: { require: [guard] } } }, 't', args).outcome === 'allow';
}

type Row = readonly [op: string, value: unknown, args: unknown, holds: boolean, path?: string];

const OPERATORS: readonly Row[] = [
  ['eq', 1, { x: 1 }, true],
  ['eq', 1, { x: 1.0 }, true],
  ['eq', 1, { x: '1' }, false],
  ['eq', '1', { x: 1 }, false],
  ['eq', 0, { x: false }, false],
  ['eq', 0, { x: '' }, false],
  ['eq', null, { x: null }, true],
  ['eq', null, {}, false],
  ['eq', { a: 1, b: [2] }, { x: { b: [2], a: 1 } }, true],
  ['eq', { a: 1 }, { x: { a: 1, b: 2 } }, false],
  ['eq', [1, 2], { x: [2, 1] }, false],
  ['eq', [], { x: {} }, false],
  ['neq', 1, { x: 2 }, true],
  ['neq', 1, { x: '1' }, true],
  ['neq', 1, { x: 1 }, false],
  ['neq', 1, {}, true],
  ['in', ['a', 'b'], { x: 'b' }, true],
  ['in', ['a', 'b'], { x: 'c' }, false],
  ['in', ['a', 'b'], {}, false],
  ['in', [1], { x: '1' }, false],
  ['in', [[1]], { x: [1] }, true],
  ['in', [], { x: 1 }, false],
  ['not_in', ['a'], { x: 'b' }, true],
  ['not_in', ['a'], { x: 'a' }, false],
  ['not_in', ['a'], { x: ['a'] }, true],
  ['not_in', ['a'], {}, true],
  ['lt', 5, { x: 4 }, true],
  ['lt', 5, { x: 5 }, false],
  ['lt', 5, { x: '4' }, false],
  ['lt', 5, {}, false],
  ['lte', 5, { x: 5 }, true],
  ['lte', 5, { x: 5.1 }, false],
  ['lte', 5, { x: null }, false],
  ['gt', 10, { x: 9 }, false],
  ['gt', 10, { x: 10.5 }, true],
  ['gt', 10, { x: '11' }, false],
  ['gt', 10, { x: [11] }, false],
  ['gte', 10, { x: 10 }, true],
  ['gte', 10, { x: true }, false],
  ['regex', '^a+$', { x: 'aaa' }, true],
  ['regex', 'b', { x: 'abc' }, true],
  ['regex', '^b', { x: 'abc' }, false],
  ['regex', '1', { x: 1 }, false],
  ['regex', '.', {}, false],
  ['contains', 'b', { x: 'abc' }, true],
  ['contains', 'B', { x: 'abc' }, false],
  ['contains', 'b', { x: ['a', 'b'] }, true],
  ['contains', 'b', { x: ['ab'] }, false],
  ['contains', 1, { x: '1' }, false],
  ['contains', 1, { x: [1] }, true],
  ['contains', { a: 1 }, { x: [{ a: 1 }] }, true],
  ['contains', 'a', { x: { a: 1 } }, false],
  ['contains', 'a', {}, false],
  ['exists', true, { x: null }, true],
  ['exists', true, {}, false],
  ['exists', false, {}, true],
  ['exists', false, { x: 0 }, false],
  // Where the value stands.
  ['eq', 1, { x: { y: 1 } }, true, 'args.x.y'],
  ['eq', 1, { x: [0, 1] }, true, 'args.x.1'],
  ['eq', 1, { x: [{ y: 1 }] }, true, 'args.x.0.y'],
  ['exists', true, { x: [1] }, false, 'args.x.length'],
  ['exists', true, { x: [1] }, false, 'args.x.01'],
  ['exists', true, { x: 'text' }, false, 'args.x.length'],
  ['exists', true, { x: 'text' }, false, 'args.x.0'],
  ['exists', true, {}, false, 'args.constructor'],
  ['exists', true, {}, false, 'args.__proto__'],
  ['exists', true, JSON.parse('{"__proto__": 1}'), true, 'args.__proto__'],
  ['exists', true, { x: null }, false, 'args.x.y'],
  ['eq', 1, { 'a.b': 1 }, true, 'args.a\\.b'],
  ['eq', 1, { 'a.b': 1 }, false, 'args.a.b'],
  ['eq', 1, { 'a\\b': 1 }, true, 'args.a\\\\b'],
  ['eq', {}, {}, true, 'args'],
  ['exists', true, [1], true, 'args.0'],
];

for (const [op, value, args, expected, path] of OPERATORS)
  test(`${path ?? 'args.x'} ${op} ${JSON.stringify(value)} ${expected ? 'holds' : 'does not hold'} for ${JSON.stringify(args)}`, () =>
    assert.equal(holds(op, value, args, path), expected));

const over = (amount: number): Guard => ({ conditions: [{ path: 'args.n', op: 'gt', value: amount }] });
const always: Guard = { conditions: [] };

test('a tool without a rule is denied under default deny, whatever its name', () => {
  for (const tool of ['x', '', 'constructor', '__proto__', 'toString', '*', 'hasOwnProperty'])
    assert.deepEqual([call({}, tool).outcome, call({}, tool).rule], ['deny', '(default deny)']);
});

test('a tool without a rule is allowed under default allow, within what holds for all tools', () => {
  const open: Partial<Policy> = { default: 'allow', all_tools: { deny_if: [over(5)] } };
  assert.equal(call(open, 'x', { n: 5 }).rule, '(default allow)');
  assert.equal(call(open, 'x', { n: 6 }).rule, '/all_tools/deny_if/0');
});

test('what holds for all tools opens none under default deny', () => {
  assert.equal(call({ all_tools: {} }, 'x').rule, '(default deny)');
});

test('a hidden tool is denied even where it has a rule; "*" hides all', () => {
  assert.equal(call({ hide: ['t'], tools: { t: {} } }, 't').rule, '(hidden)');
  assert.equal(call({ hide: ['*'], tools: { t: {} } }, 't').rule, '(hidden)');
  assert.equal(call({ hide: ['*'], default: 'allow' }, 'constructor').rule, '(hidden)');
  assert.equal(compilePolicy(policyOf({ hide: ['a'] }), { regex }).hides('toString'), false);
});

test('tools of any name have rules', () => {
  const tools = Object.fromEntries(['__proto__', 'constructor', 'a/b~c', ''].map((name) => [name, {}]));
  assert.equal(call({ tools }, '__proto__').rule, '/tools/__proto__');
  assert.equal(call({ tools }, 'constructor').rule, '/tools/constructor');
  assert.equal(call({ tools }, 'a/b~c').rule, '/tools/a~1b~0c');
  assert.equal(call({ tools }, '').rule, '/tools/');
});

test('the order is require, deny_if, require_approval, and of each first what holds for all tools', () => {
  const all = { require: [over(0)], deny_if: [over(100)], require_approval: [over(10)] };
  const own = { require: [over(1)], deny_if: [over(90)], require_approval: [over(9)] };
  const decide = (n: number): string => call({ all_tools: all, tools: { t: own } }, 't', { n }).rule;
  assert.deepEqual([0, 1, 5, 10, 50, 95, 101].map(decide), [
    '/all_tools/require/0',
    '/tools/t/require/0',
    '/tools/t',
    '/tools/t/require_approval/0',
    '/all_tools/require_approval/0',
    '/tools/t/deny_if/0',
    '/all_tools/deny_if/0',
  ]);
});

test('a guard without conditions always holds', () => {
  assert.equal(call({ tools: { t: { require: [always] } } }, 't').outcome, 'allow');
  assert.equal(call({ tools: { t: { deny_if: [always] } } }, 't').outcome, 'deny');
  assert.equal(call({ tools: { t: { require_approval: [always] } } }, 't').outcome, 'ask');
});

test('the agent is told what on_deny says, else which conditions decided', () => {
  const told = (guard: Guard): string => call({ tools: { t: { deny_if: [guard] } } }, 't', { n: 6 }).message;
  assert.equal(told({ ...over(5), on_deny: 'Too much.' }), 'Too much.');
  assert.equal(told(over(5)), 'The policy denies "t" when args.n is more than 5.');
  assert.equal(told(always), 'The policy denies "t".');
  assert.equal(
    call({ tools: { t: { require: [over(9)] } } }, 't').message,
    'The policy allows "t" only when args.n is more than 9.',
  );
});

const rate = { counter: 'c', window: 'minute', max: 2, scope: 'grant' } as const;
const spent = { ...rate, counter: 's', max: 10, increment_from: 'args.n' } as const;

test('a call takes one from a counter that counts, and its argument from one that adds up', () => {
  const { outcome, limits } = call({ all_tools: { limits: [rate] }, tools: { t: { limits: [spent] } } }, 't', { n: 4 });
  assert.equal(outcome, 'allow');
  assert.deepEqual(
    limits.map(({ counter, amount, pointer }) => [counter, amount, pointer]),
    [
      ['c', 1, '/all_tools/limits/0'],
      ['s', 4, '/tools/t/limits/0'],
    ],
  );
});

test('an argument that is spelt otherwise than the policy has it is denied, since some servers would take it', () => {
  const tools: Policy['tools'] = {
    t: { deny_if: [{ conditions: [{ path: 'args.item.amount', op: 'gt', value: 10 }] }] },
    free: {},
  };
  for (const args of [{ item: { Amount: 99 } }, { item: { amount: 1, AMOUNT: 99 } }, { Item: { amount: 99 } }])
    assert.match(call({ tools }, 't', args).message, /spell it exactly/);
  for (const args of [{ item: { amount: 1 } }, { item: { amounts: 99 } }, { item: 'Amount' }, [], { Amount: 99 }])
    assert.equal(call({ tools }, 't', args).outcome, 'allow');
  assert.equal(call({ tools }, 'free', { Item: 1, item: 2 }).outcome, 'allow');
});

test('what cannot be added up is denied by the limit, also where a person would be asked', () => {
  const rule = { limits: [spent], require_approval: [always] };
  for (const n of ['4', -1, null, Number.NaN, Number.POSITIVE_INFINITY, [4], undefined]) {
    const { outcome, rule: pointer, limits } = call({ tools: { t: rule } }, 't', { n });
    assert.deepEqual([outcome, pointer, limits], ['deny', '/tools/t/limits/0', []]);
  }
});

test('limits are reserved together or not at all, each caller or all together, until the window is over', () => {
  const policy = compilePolicy(policyOf({ tools: { t: { limits: [rate, { ...spent, scope: 'server' }] } } }), {
    regex,
  });
  const used: Used = new Map();
  const tries = (caller: string, n: number, now = 0): string =>
    decide(policy, { tool: 't', args: { n } }, used, { caller, now }).rule;
  assert.equal(tries('a', 11), '/tools/t/limits/1');
  assert.deepEqual([tries('a', 4), tries('a', 4), tries('a', 1)], ['/tools/t', '/tools/t', '/tools/t/limits/0']);
  assert.deepEqual([tries('b', 3), tries('b', 2)], ['/tools/t/limits/1', '/tools/t']);
  assert.deepEqual([tries('a', 1, 59_999), tries('a', 1, 60_000)], ['/tools/t/limits/0', '/tools/t']);
});

test('one counter of several tools is shared', () => {
  const { limits } = call({ tools: { t: { limits: [rate] } } }, 't');
  const used: Used = new Map();
  const moment = { caller: 'a', now: 0 };
  assert.deepEqual([reserve(used, limits, moment), reserve(used, limits, moment)], [null, null]);
  assert.equal(reserve(used, limits, moment)?.pointer, '/tools/t/limits/0');
});

test('patterns run in linear time: one that would take for ever elsewhere answers', () => {
  const text = `${'a'.repeat(1_000_000)}!`;
  for (const pattern of ['(a+)+$', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(.*)*=$'])
    assert.equal(holds('regex', pattern, { x: text }), false);
});

test('any call of any policy gets a decision that names a rule of it', () => {
  fc.assert(
    fc.property(anyPolicy, fc.string(), fc.anything(), (policy, other, args) => {
      const compiled = compilePolicy(policy, { regex });
      for (const tool of [...Object.keys(policy.tools), other]) {
        const { outcome, rule, message, limits } = evaluate(compiled, { tool, args });
        assert.match(rule, /^\/(?:all_)?tools|^\((?:hidden|default deny|default allow)\)$/);
        assert.notEqual(message, '');
        assert.ok(outcome !== 'deny' || limits.length === 0);
      }
    }),
  );
});

test('under default deny nothing but a listed, visible tool is ever allowed', () => {
  fc.assert(
    fc.property(anyPolicy, fc.string(), fc.object(), (policy, tool, args) => {
      const { outcome } = evaluate(compilePolicy({ ...policy, default: 'deny' }, { regex }), { tool, args });
      const isOpen = Object.hasOwn(policy.tools, tool) && !policy.hide?.includes(tool) && !policy.hide?.includes('*');
      assert.ok(outcome === 'deny' || isOpen);
    }),
  );
});

const EASE = { allow: 2, ask: 1, deny: 0 } as const;

test('one more guard, or one more hidden name, never lets more through', () => {
  const key = fc.constantFrom('require' as const, 'deny_if' as const, 'require_approval' as const);
  fc.assert(
    fc.property(anyPolicy, anyGuard, key, fc.object(), (policy, guard, guarded, args) => {
      for (const [tool, rule] of Object.entries(policy.tools)) {
        const stricter = { ...rule, [guarded]: [...(rule[guarded] ?? []), guard] };
        const guardedPolicy = { ...policy, tools: { ...policy.tools, ...Object.fromEntries([[tool, stricter]]) } };
        const hiding = { ...policy, hide: [...(policy.hide ?? []), tool] };
        const ease = (of: Policy): number => EASE[evaluate(compilePolicy(of, { regex }), { tool, args }).outcome];
        assert.ok(ease(guardedPolicy) <= ease(policy));
        assert.equal(ease(hiding), 0);
      }
    }),
  );
});

test('a recommended policy lets the calls through that it allows', () => {
  const policy = recommend([{ name: '__proto__', rule: {}, hidden: false }]);
  assert.equal(call(policy, '__proto__').outcome, 'allow');
});
