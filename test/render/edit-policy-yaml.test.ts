import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Classification } from '../../src/core/classification.ts';
import type { Policy } from '../../src/core/policy/policy.ts';
import { applyEdits, type PolicyEdit } from '../../src/core/policy/recommend/merge.ts';
import { editPolicyYaml } from '../../src/render/policy/edit-policy-yaml.ts';

const POLICY = `# Policy for shop (node shop.js), 4 tools.
# Reviewed by hand.

version: "1"
default: deny
hide:
  # Write, critical: It deletes.
  - delete_order
tools:
  # Read, low: It lists.
  # Needed by the shop.
  list_orders: {}

  # Write, medium: It creates.
  new_order:
    require:
      # never without one
      - conditions: [ { path: args.reason, op: exists, value: true } ]
        on_deny: Say why.

# Denied until a person gives them a rule:
#   frobnicate: Other, medium: Nobody knows.
`;

const verdict = (name: string): Classification => ({
  name,
  category: 'Write',
  class: 'Write',
  effects: [],
  risk: 'high',
  confidence: 1,
  needsReview: false,
  source: 'rules',
  reason: 'It is new.',
  evidence: [],
  rule: {},
  hidden: false,
});

const FROBNICATE: Classification = {
  ...verdict('frobnicate'),
  category: 'Other',
  risk: 'medium',
  reason: 'Nobody knows.',
};

const edit = (name: string, rule: PolicyEdit['rule'], hidden = false): PolicyEdit => ({ name, rule, hidden });
const edited = (...edits: readonly PolicyEdit[]): string =>
  editPolicyYaml(POLICY, edits, [FROBNICATE, ...edits.map(({ name }) => verdict(name))]);

test('a policy without edits stays as it is to the byte', () => assert.equal(edited(), POLICY));

const CASES: readonly (readonly [what: string, edits: PolicyEdit[], from: string, to: string])[] = [
  [
    'a new tool comes in with its verdict, and nothing else moves',
    [edit('add_item', {})],
    'tools:\n',
    'tools:\n  # Write, high: It is new.\n  add_item: {}\n',
  ],
  [
    'a rule is replaced below the notes of a person, and our own line is renewed',
    [edit('list_orders', { limits: [] })],
    '  # Read, low: It lists.\n  # Needed by the shop.\n  list_orders: {}\n',
    '  # Write, high: It is new.\n  # Needed by the shop.\n  list_orders:\n    limits: []\n',
  ],
  [
    'a tool that gets a rule leaves the list of what is denied',
    [edit('frobnicate', {})],
    'tools:\n',
    'tools:\n  # Write, high: It is new.\n  frobnicate: {}\n',
  ],
  [
    'a tool that is shown again leaves no empty list behind',
    [edit('delete_order', null)],
    'hide:\n  # Write, critical: It deletes.\n  - delete_order\n',
    '',
  ],
  [
    'a hidden tool stands among the hidden',
    [edit('aaa', null, true)],
    'hide:\n',
    'hide:\n  # Write, high: It is new.\n  - aaa\n',
  ],
];
for (const [what, edits, from, to] of CASES)
  test(what, () => {
    const rulesOf = (text: string): string => (text.split('# Denied')[0] ?? '').trimEnd();
    const expected = POLICY.replace(from, to).replace(', 4 tools.', '.');
    assert.equal(rulesOf(edited(...edits)), rulesOf(expected));
  });

test('the list of what is denied follows', () => {
  const tail = (text: string): string => text.slice(text.lastIndexOf('Say why.') + 9);
  assert.equal(tail(edited(edit('frobnicate', {}))), '');
  assert.equal(
    tail(edited(edit('zap', null))),
    '\n# Denied until a person gives them a rule:\n#   frobnicate: Other, medium: Nobody knows.\n#   zap: Write, high: It is new.\n',
  );
});

test('the list of what is denied has neither what a person gave a rule meanwhile nor what the server lost', () => {
  const byHand = POLICY.replace('tools:\n', 'tools:\n  zap: {}\n').concat(
    '#   zap: Write, high: It is old.\n#   gone: Read, low: It was there.\n# Ask Ada before you change this.\n',
  );
  const tools = [FROBNICATE, verdict('zap'), verdict('late'), verdict('add_item')];
  const text = editPolicyYaml(byHand, [edit('add_item', {})], tools);
  assert.equal(
    text.slice(text.lastIndexOf('Say why.') + 9),
    '\n# Ask Ada before you change this.\n# Denied until a person gives them a rule:\n#   frobnicate: Other, medium: Nobody knows.\n#   late: Write, high: It is new.\n',
  );
});

test('a list of what is denied that a person took out tells only what is denied from now on', () => {
  const without = POLICY.slice(0, POLICY.indexOf('\n# Denied'));
  const tail = (...edits: PolicyEdit[]): string =>
    editPolicyYaml(without, edits, [FROBNICATE, ...edits.map(({ name }) => verdict(name))]).split('Say why.\n')[1] ??
    '';
  assert.equal(tail(edit('add_item', {})), '');
  assert.match(tail(edit('zap', null)), /^\n# Denied[^\n]*\n# {3}zap: [^\n]*\n$/);
});

const nameOf = fc.oneof(
  fc.constantFrom(
    'delete_order',
    'list_orders',
    'new_order',
    '__proto__',
    '7',
    '*',
    '#',
    '- a',
    'a\u200Bb',
    'x: y',
    '',
  ),
  fc.string({ unit: 'grapheme' }),
);
const editOf = fc.record({
  name: nameOf,
  rule: fc.constantFrom<PolicyEdit['rule'][]>(null, {}, { deny_if: [{ conditions: [], on_deny: 'No.\nNever.' }] }),
  hidden: fc.boolean(),
});

/** The same content in other forms: on one line, with names that stand for what is elsewhere, as JSON, empty. */
const FORMS = [
  POLICY,
  'version: "1"\ndefault: deny\nhide: [delete_order] # on one line\ntools: { list_orders: {}, new_order: {} }\n',
  'version: "1"\ndefault: deny\nhide: &gone [delete_order]\ntools:\n  list_orders: &none {}\n  new_order: *none\n',
  '{ "version": "1", "default": "deny", "hide": ["a"], "tools": { "list_orders": {} } }\n',
  'version: "1"\ndefault: allow\ntools: {}\n',
];

test('whatever is edited, and however it is written, the file says the same as the policy', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FORMS), fc.array(editOf, { maxLength: 6 }), (form, edits) => {
      const verdicts = edits.map(({ name }) => verdict(name));
      assert.deepEqual(parse(editPolicyYaml(form, edits, verdicts)), applyEdits(parse(form) as Policy, edits));
    }),
    { numRuns: 500 },
  );
});

test('lines end as they did', () => {
  const edits: PolicyEdit[] = [{ name: 'frobnicate', rule: {}, hidden: false }];
  const tools = [verdict('frobnicate')];
  const unix = editPolicyYaml(POLICY, edits, tools);
  assert.equal(editPolicyYaml(POLICY.replaceAll('\n', '\r\n'), edits, tools), unix.replaceAll('\n', '\r\n'));
});
