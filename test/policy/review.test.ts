import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Classification } from '../../src/core/classification.ts';
import type { Policy, ToolRule } from '../../src/core/policy/policy.ts';
import { applyEdits, policyEdits } from '../../src/core/policy/recommend/merge.ts';
import { PRESETS, type Preset, presetEntry } from '../../src/core/policy/recommend/preset.ts';
import { proposedEntry, reviewTools, toolsGone } from '../../src/core/policy/recommend/review.ts';
import { entryFor, type ToolEntry, TREATMENTS, treatmentOf } from '../../src/core/policy/recommend/tool-entry.ts';

const ALLOW: ToolEntry = { rule: {}, hidden: false };
const DENY: ToolEntry = { rule: null, hidden: false };
const HIDE: ToolEntry = { rule: null, hidden: true };
const limit = (max: number, name = 'a'): ToolEntry => ({
  rule: { limits: [{ counter: `${name}_rate`, window: 'minute', max, scope: 'grant' }] },
  hidden: false,
});
const ASK: ToolEntry = {
  rule: { require_approval: [{ conditions: [], on_deny: 'Requires human approval.' }] },
  hidden: false,
};
const BY_HAND: ToolRule = { require: [{ conditions: [{ path: 'args.reason', op: 'exists', value: true }] }] };

const tool = (parts: Partial<Classification> = {}): Classification => ({
  name: 'a',
  category: 'Write',
  class: 'Write',
  effects: [],
  risk: 'medium',
  confidence: 0.9,
  needsReview: false,
  source: 'rules',
  reason: 'So.',
  evidence: [],
  ...limit(30),
  ...parts,
});
const READ = tool({ category: 'Read', class: 'Read', risk: 'low', ...ALLOW });
const DESTRUCTIVE = tool({ class: 'Destructive', risk: 'critical', ...HIDE });
const UNKNOWN = tool({ category: 'Other', class: 'Other', ...DENY });

const policyOf = (tools: Policy['tools'], parts: Partial<Policy> = {}): Policy => ({
  version: '1',
  default: 'deny',
  ...parts,
  tools,
});

const PRESET_CASES: readonly (readonly [what: string, preset: Preset, verdict: Classification, entry: ToolEntry])[] = [
  ['recommended: a read runs', 'recommended', READ, ALLOW],
  ['recommended: a write is limited', 'recommended', tool(), limit(30)],
  ['recommended: a destructive tool is hidden', 'recommended', DESTRUCTIVE, HIDE],
  ['recommended: what nothing is known of stays denied', 'recommended', UNKNOWN, DENY],
  ['read-only: a read runs', 'read-only', READ, ALLOW],
  ['read-only: a write is denied', 'read-only', tool(), DENY],
  ['read-only: a destructive tool is hidden', 'read-only', DESTRUCTIVE, HIDE],
  ['deny-unreviewed: a read is denied', 'deny-unreviewed', READ, DENY],
  ['deny-unreviewed: a destructive tool is hidden', 'deny-unreviewed', DESTRUCTIVE, HIDE],
];
for (const [what, preset, verdict, entry] of PRESET_CASES)
  test(what, () => assert.deepEqual(presetEntry(preset, verdict), entry));

test('no preset is more open than what is recommended', () => {
  for (const preset of PRESETS)
    for (const verdict of [DESTRUCTIVE, UNKNOWN])
      assert.deepEqual(presetEntry(preset, verdict), { rule: verdict.rule, hidden: verdict.hidden });
});

test('every treatment is recognised in the entry it makes', () => {
  for (const treatment of TREATMENTS) assert.equal(treatmentOf(entryFor(treatment, tool())), treatment);
});

const TREATMENT_CASES: readonly (readonly [string, ToolEntry, ReturnType<typeof treatmentOf>])[] = [
  ['a rule with conditions is no simple treatment', { rule: BY_HAND, hidden: false }, null],
  ['a rule that always denies denies', { rule: { deny_if: [{ conditions: [] }] }, hidden: false }, 'deny'],
  ['a limit beside asking is asking', { rule: { ...ASK.rule, ...limit(3).rule }, hidden: false }, 'ask'],
];
for (const [what, entry, treatment] of TREATMENT_CASES) test(what, () => assert.equal(treatmentOf(entry), treatment));

const LIMIT_CASES: readonly (readonly [string, Classification, ToolEntry])[] = [
  ['a limit is the recommended one where there is one', tool({ risk: 'high', ...limit(7) }), limit(7)],
  ['a read is limited to 60 a minute', READ, limit(60)],
  ['a destructive tool is limited to 10 a minute', DESTRUCTIVE, limit(10)],
];
for (const [what, verdict, entry] of LIMIT_CASES) test(what, () => assert.deepEqual(entryFor('limit', verdict), entry));

interface ReviewCase {
  readonly policy?: Policy;
  readonly reviewed?: Record<string, string>;
  readonly verdict?: Classification;
}
/** Standing and what is proposed for a tool `a` whose definition has the digest `now`. */
function reviewed({ policy, reviewed, verdict = tool() }: ReviewCase): readonly [string, ToolEntry] {
  const record = reviewed === undefined ? null : new Map(Object.entries(reviewed));
  const [review] = reviewTools([{ verdict, digest: 'now' }], { policy: policy ?? null, reviewed: record });
  assert.ok(review);
  return [review.standing, proposedEntry(review, 'recommended')];
}

const REVIEW_CASES: readonly (readonly [what: string, ReviewCase, standing: string, entry: ToolEntry])[] = [
  ['a tool without a policy is new', {}, 'new', limit(30)],
  ['a tool the policy says nothing of is new', { policy: policyOf({ b: {} }) }, 'new', limit(30)],
  ['a rule that is there is a decision', { policy: policyOf({ a: {} }) }, 'decided', ALLOW],
  ['a rule by hand is a decision', { policy: policyOf({ a: BY_HAND }) }, 'decided', { rule: BY_HAND, hidden: false }],
  ['hiding is a decision', { policy: policyOf({}, { hide: ['a'] }) }, 'decided', HIDE],
  ['a star hides by decision', { policy: policyOf({}, { hide: ['*'] }) }, 'decided', HIDE],
  [
    'a tool that was seen and is not listed was denied',
    { policy: policyOf({}), reviewed: { a: 'now' } },
    'decided',
    DENY,
  ],
  ['a record without the policy decides nothing', { reviewed: { a: 'now' } }, 'new', limit(30)],
  [
    'another definition is asked about, and opens nothing',
    { policy: policyOf({}), reviewed: { a: 'then' } },
    'changed',
    DENY,
  ],
  [
    'a tool that became worse gets the stricter rule',
    { policy: policyOf({ a: {} }), reviewed: { a: 'then' }, verdict: DESTRUCTIVE },
    'changed',
    HIDE,
  ],
  [
    'a tool that became milder keeps its rule',
    { policy: policyOf({ a: BY_HAND }), reviewed: { a: 'then' }, verdict: READ },
    'changed',
    { rule: BY_HAND, hidden: false },
  ],
  [
    'where a policy allows by default, a tool that was seen and is not listed is allowed',
    { policy: policyOf({}, { default: 'allow' }), reviewed: { a: 'now' } },
    'decided',
    ALLOW,
  ],
];
for (const [what, parts, standing, entry] of REVIEW_CASES)
  test(what, () => assert.deepEqual(reviewed(parts), [standing, entry]));

test('tools that the server no longer offers are named', () => {
  const policy = policyOf({ a: {}, gone: {} }, { hide: ['*', 'hidden-and-gone'] });
  const earlier = { policy, reviewed: null };
  assert.deepEqual(toolsGone([{ verdict: tool(), digest: null }], earlier), ['hidden-and-gone', 'gone']);
});

const edited = (policy: Policy, ...decided: readonly (readonly [string, ToolEntry])[]): Policy =>
  applyEdits(
    policy,
    policyEdits(
      policy,
      decided.map(([name, entry]) => ({ name, entry })),
    ),
  );

test('what is decided already makes no edit, however it is written', () => {
  const policy = policyOf({ a: { limits: [{ scope: 'grant', max: 30, window: 'minute', counter: 'a_rate' }] } });
  assert.deepEqual(policyEdits(policy, [{ name: 'a', entry: limit(30) }]), []);
});

const EDIT_CASES: readonly (readonly [what: string, before: Policy, name: string, entry: ToolEntry, after: Policy])[] =
  [
    ['a rule is added in its place', policyOf({ a: {}, c: {} }), 'b', ALLOW, policyOf({ a: {}, b: {}, c: {} })],
    [
      'a rule is replaced where it stands',
      policyOf({ b: {}, a: {} }),
      'b',
      ASK,
      policyOf({ b: ASK.rule ?? {}, a: {} }),
    ],
    ['denying takes the rule out', policyOf({ a: {}, b: {} }), 'a', DENY, policyOf({ b: {} })],
    ['hiding takes the rule out', policyOf({ a: {} }), 'a', HIDE, policyOf({}, { hide: ['a'] })],
    ['showing ends hiding', policyOf({}, { hide: ['a'] }), 'a', ALLOW, policyOf({ a: {} })],
    [
      'everything else stays',
      policyOf({ x: BY_HAND }, { all_tools: BY_HAND }),
      'x',
      HIDE,
      {
        ...policyOf({}, { hide: ['x'] }),
        all_tools: BY_HAND,
      },
    ],
    [
      'where a policy allows by default, denying is written down',
      policyOf({}, { default: 'allow' }),
      'a',
      DENY,
      policyOf({ a: { deny_if: [{ conditions: [] }] } }, { default: 'allow' }),
    ],
  ];
for (const [what, before, name, entry, after] of EDIT_CASES)
  test(what, () => {
    const now = edited(before, [name, entry]);
    assert.deepEqual(now, after);
    assert.deepEqual(Object.keys(now.tools), Object.keys(after.tools));
  });

test('a tool shown from behind a star leaves the others hidden', () => {
  const after = edited(policyOf({}, { hide: ['*'] }), ['a', ALLOW], ['b', HIDE], ['c', HIDE]);
  assert.deepEqual(after, policyOf({ a: {} }, { hide: ['b', 'c'] }));
});

test('names that objects have of their own are names like any other', () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const after = edited(policyOf({}), [name, ALLOW]);
    assert.deepEqual(Object.keys(after.tools), [name]);
    assert.deepEqual(policyEdits(after, [{ name, entry: ALLOW }]), []);
  }
});
