import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttackPattern } from '../../src/core/explain/attack-pattern.ts';
import { besideWords, isRecommended } from '../../src/core/explain/beside-recommended.ts';
import type { ToolRule } from '../../src/core/policy/policy.ts';

const HIDDEN = { rule: null, hidden: true };
const allowed = (rule: ToolRule) => ({ rule, hidden: false });
const CLOSED = allowed({ deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] });
const callsAMinute = (max: number): ToolRule => ({
  limits: [{ counter: 'calls', window: 'minute', max, scope: 'grant' }],
});

test('what a rule against an attack is good for depends on whether any call gets through', () => {
  assert.match(besideWords(HIDDEN), /hides the tool.*counts once the tool is taken out of "hide"/);
  assert.match(besideWords(CLOSED), /lets no call through.*counts once a person opens it/);
  assert.match(besideWords(allowed(callsAMinute(1))), /comes on top/);
  const split: ToolRule = { deny_if: [{ conditions: [{ path: 'args.action', op: 'not_in', value: ['list'] }] }] };
  assert.match(besideWords(allowed(split)), /denies the worst calls already.*comes on top/);
});

const RECOMMENDED: readonly (readonly [
  what: string,
  stop: Omit<AttackPattern['stop'], 'says'>,
  HIDDEN: { rule: ToolRule | null; hidden: boolean },
  expected: boolean,
])[] = [
  ['hiding what is hidden', { hide: true }, HIDDEN, true],
  ['hiding what is allowed', { hide: true }, allowed({}), false],
  ['a limit on what is hidden', { rule: callsAMinute(10) }, HIDDEN, false],
  ['a looser limit', { rule: callsAMinute(30) }, allowed(callsAMinute(10)), true],
  ['the same limit', { rule: callsAMinute(10) }, allowed(callsAMinute(10)), true],
  ['a tighter limit', { rule: callsAMinute(10) }, allowed(callsAMinute(30)), false],
  [
    'a limit on a sum beside one on calls',
    { rule: { limits: [{ counter: 's', window: 'minute', max: 30, scope: 'grant', increment_from: 'args.amount' }] } },
    allowed(callsAMinute(10)),
    false,
  ],
  ['no call at all, as it is', { rule: { deny_if: [{ conditions: [] }] } }, CLOSED, true],
  ['no call at all', { rule: { deny_if: [{ conditions: [] }] } }, allowed({}), false],
  ['an approval', { rule: { require_approval: [{ conditions: [] }] } }, CLOSED, false],
];

for (const [what, stop, recommended, expected] of RECOMMENDED)
  test(`${what} is ${expected ? 'recommended already' : 'more than recommended'}`, () =>
    assert.equal(isRecommended({ says: 'x', ...stop }, recommended), expected));
