import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rateCounter } from '../../src/core/policy/recommend/counter.ts';
import { recommend, recommendRule } from '../../src/core/policy/recommend/recommend.ts';
import type { Risk, ToolClass } from '../../src/core/verdict.ts';

const known = { known: true, poisoned: false };
const rule = (toolClass: ToolClass, risk: Risk) => recommendRule('a_tool', { class: toolClass, risk }, known);
const limit = (max: number) => ({
  rule: { limits: [{ counter: 'a_tool_rate', window: 'minute', max, scope: 'grant' }] },
  hidden: false,
});

test('a read is allowed without a limit', () => assert.deepEqual(rule('Read', 'low'), { rule: {}, hidden: false }));
test('a tool that serves the session may be called 60 times a minute', () =>
  assert.deepEqual(rule('Other', 'low'), limit(60)));
test('a write may be called 30 times a minute', () => assert.deepEqual(rule('Write', 'medium'), limit(30)));
test('an execution may be called 10 times a minute', () => assert.deepEqual(rule('Execute', 'high'), limit(10)));
test('a read of secrets may be called 10 times a minute', () => assert.deepEqual(rule('Read', 'high'), limit(10)));
test('a change of access may be called 10 times a minute', () => assert.deepEqual(rule('Write', 'high'), limit(10)));
test('a destructive tool is hidden and has no rule', () =>
  assert.deepEqual(rule('Destructive', 'critical'), { rule: null, hidden: true }));

test('a financial tool always needs a person', () =>
  assert.deepEqual(rule('Financial', 'critical'), {
    rule: { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] },
    hidden: false,
  }));

test('a tool with nothing to go on gets no rule, and so stays denied', () => {
  const recommended = recommendRule('x', { class: 'Other', risk: 'medium' }, { known: false, poisoned: false });
  assert.deepEqual(recommended, { rule: null, hidden: false });
});

test('a poisoned definition is hidden even if it only reads', () => {
  const recommended = recommendRule('x', { class: 'Read', risk: 'critical' }, { known: true, poisoned: true });
  assert.deepEqual(recommended, { rule: null, hidden: true });
});

test('a counter is the name in lower case with everything odd replaced', () => {
  assert.equal(rateCounter('Get-User.Profile'), 'get_user_profile_rate');
  assert.equal(rateCounter('名前 x'), '___x_rate');
});

test('the policy denies by default, sorts by name, and lists what it hides', () => {
  const policy = recommend([
    { name: 'b', rule: {}, hidden: false },
    { name: 'z', rule: null, hidden: true },
    { name: 'a', rule: {}, hidden: false },
    { name: 'unknown', rule: null, hidden: false },
  ]);
  assert.equal(JSON.stringify(policy), '{"version":"1","default":"deny","hide":["z"],"tools":{"a":{},"b":{}}}');
});

test('a tool named like a part of every object is a key like any other', () => {
  const policy = recommend([
    { name: '__proto__', rule: {}, hidden: false },
    { name: 'constructor', rule: {}, hidden: false },
  ]);
  assert.equal(JSON.stringify(policy.tools), '{"__proto__":{},"constructor":{}}');
});

test('a tool that is dangerous through some values of an argument is allowed with the others alone', () => {
  const split = { path: 'args.method', harmless: ['create', 'update'], rest: 'Write' } as const;
  assert.deepEqual(recommendRule('label_write', { class: 'Destructive', risk: 'critical' }, { ...known, split }), {
    rule: {
      deny_if: [
        {
          conditions: [{ path: 'args.method', op: 'not_in', value: ['create', 'update'] }],
          on_deny: 'Allowed with method create, update only.',
        },
      ],
      limits: [{ counter: 'label_write_rate', window: 'minute', max: 30, scope: 'grant' }],
    },
    hidden: false,
  });
});
