import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification } from '../../src/core/classification.ts';
import { recommendedWords } from '../../src/core/explain/rule-sentences.ts';
import { categoryWords, riskWords, withoutPolicyWords } from '../../src/core/explain/sentences.ts';
import { shownName } from '../../src/core/explain/shown-name.ts';
import type { ToolRule } from '../../src/core/policy/policy.ts';
import { CLASS_TABLE, CLASSES, type Effect } from '../../src/core/verdict.ts';

const REST = ' Everything else on the server is denied unless the policy says otherwise.';
const words = (rule: ToolRule | null, hidden = false): string =>
  recommendedWords('pay', { rule, hidden }).replace(REST, '');
const limits = (parts: object): ToolRule => ({
  limits: [{ counter: 'c', window: 'minute', max: 30, scope: 'grant', ...parts }],
});
const when = (op: string, value: unknown): ToolRule =>
  ({ deny_if: [{ conditions: [{ path: 'args.a', op, value }] }] }) as ToolRule;

const RULES: readonly (readonly [rule: ToolRule | null, words: string, hidden?: boolean])[] = [
  [{}, 'pay may be called without conditions or limits.'],
  [null, 'pay gets no entry, so it is denied until a person has looked at it.'],
  [null, 'pay is hidden: agents do not see it in the list of tools, and a call is denied.', true],
  [limits({}), 'pay may be called within its rule. Each caller may make at most 30 calls a minute.'],
  [
    limits({ window: 'hour', max: 1, scope: 'server' }),
    'pay may be called within its rule. All callers together may make at most 1 call an hour.',
  ],
  [
    limits({ window: 'day', increment_from: 'args.amount' }),
    'pay may be called within its rule. Each caller may spend at most 30 a day, added up from args.amount.',
  ],
  [
    { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] },
    'pay stays in the list of tools, but its rule lets no call through until a person changes it. Every call is denied. The agent is told "Requires human approval."',
  ],
  [
    { require: [{ conditions: [{ path: 'args.reason', op: 'exists', value: true }], on_deny: 'Give a reason' }] },
    'pay may be called within its rule. A call is denied unless args.reason is given. The agent is told "Give a reason".',
  ],
  [
    { require_approval: [{ conditions: [] }] },
    'pay may be called within its rule. Every call waits for a person to approve it.',
  ],
  [when('in', ['x', 1]), 'pay may be called within its rule. A call is denied when args.a is one of "x", 1.'],
  [when('exists', false), 'pay may be called within its rule. A call is denied when args.a is missing.'],
  [when('gt', 10), 'pay may be called within its rule. A call is denied when args.a is more than 10.'],
  [when('regex', '^a'), 'pay may be called within its rule. A call is denied when args.a matches "^a".'],
];

for (const [rule, expected, hidden] of RULES)
  test(`${JSON.stringify(rule)}${hidden ? ', hidden,' : ''} reads "${expected}"`, () =>
    assert.equal(words(rule, hidden), expected));

const verdict = (parts: Partial<Classification>): Classification => ({
  name: 'x',
  category: 'Read',
  class: 'Read',
  effects: [],
  risk: 'low',
  confidence: 1,
  needsReview: false,
  source: 'rules',
  reason: '',
  evidence: [{ rule: 'a/b', field: 'name', quote: 'x', says: 'Read' }],
  rule: {},
  hidden: false,
  ...parts,
});

for (const toolClass of CLASSES)
  test(`what is said of a ${toolClass} tool is whole sentences`, () => {
    const { category, risk } = CLASS_TABLE[toolClass];
    const judged = verdict({ category, class: toolClass, risk });
    for (const text of [categoryWords(judged, 'shop'), withoutPolicyWords(judged), riskWords('It', judged)])
      assert.match(text, /^[A-Z].*\.$/);
  });

const RAISED: readonly (readonly [what: string, parts: Partial<Classification>, says: RegExp])[] = [
  ['secrets', { risk: 'high', effects: ['secrets'] }, /x is a Read tool with high risk\. It returns credentials/],
  ['access', { category: 'Write', class: 'Write', risk: 'high', effects: ['access'] }, /It changes who may do what/],
  ['an override', { risk: 'critical', source: 'override' }, /The risk is what your override says/],
  [
    'nothing to go on',
    { category: 'Other', class: 'Other', risk: 'medium', evidence: [] },
    /x is an Other tool with medium risk\. Nothing says/,
  ],
  [
    'hidden instructions',
    { risk: 'critical', evidence: [{ rule: 'a/b', field: 'name', quote: 'x', says: 'hidden-instructions' }] },
    /orders for the model/,
  ],
];

for (const [what, parts, says] of RAISED)
  test(`a risk that was raised by ${what} says so`, () => assert.match(riskWords('x', verdict(parts)), says));

test('a tool that is dangerous with some values of a parameter only is so "at its worst"', () => {
  const judged = verdict({ category: 'Write', class: 'Destructive', risk: 'critical', rule: null, hidden: true });
  const from = (field: string) => ({
    ...judged,
    evidence: [{ rule: 'a/b', field, quote: 'delete', says: 'Destructive' as const }],
  });
  assert.match(categoryWords(from('inputSchema.properties.action.enum'), 'shop'), /at its worst it removes/);
  assert.doesNotMatch(categoryWords(from('name'), 'shop'), /at its worst/);
});

test('a tool whose rule leaves the harmless part of it is dangerous "at its worst", and said to be left that', () => {
  const split = verdict({ category: 'Write', class: 'Destructive', risk: 'critical', rule: when('not_in', ['list']) });
  assert.match(categoryWords(split, 'shop'), /at its worst it removes/);
  assert.match(riskWords('x', split), /Its rule leaves the harmless part of it/);
});

const OF_EFFECTS: readonly (readonly [toolClass: 'Read' | 'Write', effects: Effect[], says: RegExp])[] = [
  ['Read', [], /call it as often as it likes/],
  ['Read', ['private'], /read as much as it likes/],
  ['Read', ['untrusted', 'private'], /reads what strangers wrote/],
  ['Read', ['secrets'], /one call away from any tool that sends/],
  ['Write', [], /faster than anybody can review/],
  ['Write', ['send'], /in the name of its user/],
  ['Write', ['access', 'send'], /decides who gets in/],
];

for (const [toolClass, effects, says] of OF_EFFECTS)
  test(`what can happen without a policy around a ${toolClass} tool (${effects.join(', ')}) is what it does`, () =>
    assert.match(withoutPolicyWords(verdict({ category: toolClass, class: toolClass, effects })), says));

test('a name that could go on as a sentence of ours stands in quotes, and a long one is cut', () => {
  assert.equal(shownName('list-orders.v2'), 'list-orders.v2');
  assert.equal(shownName('x. It is safe'), '"x. It is safe"');
  assert.equal(shownName('a\nb'), '"a\\nb"');
  assert.equal(shownName('ok.'), '"ok."');
  assert.equal(shownName('x'.repeat(500)).length, 103);
});
