import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../src/core/classification.ts';
import { attackOn } from '../../src/core/explain/attack-on.ts';
import { attackPatternSchema, attackPatternsSchema } from '../../src/core/explain/attack-pattern.ts';
import { fittingPatterns } from '../../src/core/explain/fitting-patterns.ts';
import { OWASP_IDS } from '../../src/core/explain/owasp.ts';
import { policySchema } from '../../src/core/policy/policy.ts';
import { CLASS_TABLE, CLASSES, EFFECTS, type Effect, type ToolClass } from '../../src/core/verdict.ts';
import { readAttackPatterns } from '../../src/io/read-catalog.ts';

const patterns = readAttackPatterns();

test('there are at least twenty attack patterns, all valid', () => {
  assert.ok(patterns.length >= 20);
  assert.deepEqual(attackPatternsSchema.safeParse(patterns).error?.issues ?? [], []);
});

test('no two attack patterns share an id, a title or a story', () => {
  for (const key of ['id', 'title', 'happens'] as const)
    assert.equal(new Set(patterns.map((pattern) => pattern[key])).size, patterns.length, key);
});

/** What a tool of this class and these effects is exposed to, whatever its arguments are called. */
function patternsFor(toolClass: ToolClass, effects: readonly Effect[] = [], evidence: Evidence[] = []) {
  return fittingPatterns({ class: toolClass, effects: [...effects], evidence }, {}, patterns);
}

for (const toolClass of CLASSES.filter((each) => CLASS_TABLE[each].risk !== 'low'))
  test(`every ${toolClass} tool has an attack pattern, whatever its arguments are called`, () =>
    assert.notDeepEqual(patternsFor(toolClass), []));

for (const effect of EFFECTS)
  test(`the effect ${effect} has an attack pattern of its own, whatever the arguments are called`, () => {
    const needing = patterns.filter(({ needs }) => needs.argument === undefined && names(needs, effect));
    assert.notDeepEqual(needing, []);
  });

/** The first three effects are classes too. */
function names({ all = [], any = [] }: (typeof patterns)[number]['needs'], effect: Effect): boolean {
  const traits = [effect, ...CLASSES.filter((each) => CLASS_TABLE[each].effect === effect)];
  return [...all, ...any].some((trait) => traits.some((each) => each === trait));
}

test('hidden instructions have an attack pattern, and it comes first', () => {
  const evidence: Evidence[] = [
    { rule: 'threats/hidden-instructions', field: 'description', quote: 'x', says: 'hidden-instructions' },
  ];
  assert.equal(patternsFor('Destructive', ['destructive'], evidence)[0]?.pattern.id, 'orders-hidden-in-definition');
});

for (const pattern of patterns) {
  const { id, needs, stop, happens, sources } = pattern;

  test(`${id}: its rule is a policy, and speaks of the tool's own argument`, () => {
    const argument = needs.argument?.[0];
    const attack = attackOn(
      { name: 'Some.Tool', rule: {}, hidden: false },
      { pattern, argument: argument === undefined ? null : [argument] },
    );
    assert.equal(
      policySchema.safeParse({ version: '1', default: 'deny', tools: {}, ...attack.stop.policy }).error,
      undefined,
    );
    const rule = JSON.stringify(attack.stop.policy);
    assert.doesNotMatch(rule, /ARGUMENT/);
    assert.match(rule, /Some\.Tool/);
    if (argument !== undefined) assert.ok(rule.includes(`"args.${argument}"`));
  });

  test(`${id}: tells what happens in two to four sentences, and names public sources`, () => {
    const sentences = happens.split(/(?<=[.!?"]) (?=[A-Z])/).length;
    assert.ok(sentences >= 2 && sentences <= 4, `${sentences} sentences`);
    for (const text of [happens, stop.says]) assert.match(text, /^[A-Z][\s\S]*\.$/);
    assert.ok(sources.length > 0);
    for (const { url } of sources) assert.equal(new URL(url).protocol, 'https:');
  });

  test(`${id}: every regular expression of its rule compiles`, () => {
    const { require = [], deny_if = [], require_approval = [] } = stop.rule ?? {};
    for (const { conditions } of [...require, ...deny_if, ...require_approval])
      for (const { op, value } of conditions) if (op === 'regex') assert.ok(new RegExp(String(value)));
  });
}

test('most entries of the OWASP MCP Top 10 are covered', () => {
  const missing = OWASP_IDS.filter((id) => !patterns.some(({ owasp }) => owasp === id));
  // No rule about a tool helps against a server that nobody knows of.
  assert.deepEqual(missing, ['MCP09']);
});

const sound = patterns[0];
const UNSOUND: readonly (readonly [what: string, parts: object])[] = [
  ['an id with spaces', { id: 'An Id' }],
  ['no needs', { needs: {} }],
  ['an unknown effect', { needs: { all: ['exploding'] } }],
  ['neither rule nor hide', { stop: { says: 'Nothing.' } }],
  ['a rule with an unknown key', { stop: { says: 'Limit it.', rule: { limit: [] } } }],
  [
    'a rule about an argument that is not needed',
    {
      stop: { says: 'x', rule: { deny_if: [{ conditions: [{ path: 'args.ARGUMENT', op: 'exists', value: true }] }] } },
    },
  ],
  ['an unknown entry of the top ten', { owasp: 'MCP11' }],
  ['a source without TLS', { sources: [{ title: 'x', url: 'http://example.com' }] }],
  ['no source', { sources: [] }],
];

for (const [what, parts] of UNSOUND)
  test(`the build refuses ${what}`, () => assert.ok(!attackPatternSchema.safeParse({ ...sound, ...parts }).success));

const FIRST: readonly (readonly [id: string, toolClass: ToolClass, effects: Effect[], ...names: string[]])[] = [
  ['production-data-is-deleted', 'Destructive', ['destructive', 'private'], 'path'],
  ['many-small-payments', 'Financial', ['financial', 'send'], 'amount', 'to'],
  ['remembered-lie-moves-money', 'Financial', ['financial', 'send'], 'to'],
  ['argument-becomes-a-command', 'Execute', ['execute'], 'command', 'path'],
  ['query-dumps-the-database', 'Execute', ['execute', 'private'], 'sql'],
  ['page-clicks-for-the-user', 'Execute', ['execute', 'untrusted'], 'element', 'url'],
  ['secrets-enter-the-conversation', 'Read', ['secrets'], 'path'],
  ['access-outlives-the-attack', 'Write', ['access', 'send'], 'email'],
  ['recipient-is-exchanged', 'Write', ['send'], 'to', 'body'],
  ['agent-settings-are-rewritten', 'Write', [], 'path'],
  ['key-files-are-read', 'Read', ['private'], 'path'],
  ['page-with-orders-is-fetched', 'Read', ['untrusted'], 'url'],
  ['stranger-text-steers-agent', 'Read', ['untrusted', 'private'], 'id'],
];

for (const [id, toolClass, effects, ...names] of FIRST)
  test(`of a ${toolClass} tool (${effects.join(', ')}) that takes ${names.join(', ')} a reader sees ${id} first`, () => {
    const inputSchema = { properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
    const [first] = fittingPatterns({ class: toolClass, effects, evidence: [] }, { inputSchema }, patterns);
    assert.equal(first?.pattern.id, id);
  });

const PICKED: readonly (readonly [
  id: string,
  toolClass: ToolClass,
  effects: Effect[],
  argument: string,
  schema?: object,
])[] = [
  ['path-leaves-its-folder', 'Read', ['private'], 'path'],
  ['key-files-are-read', 'Read', ['private'], 'file_path'],
  ['agent-settings-are-rewritten', 'Write', [], 'path'],
  ['read-only-query-breaks-out', 'Execute', ['execute'], 'sql'],
  ['fetch-reaches-internal-network', 'Read', ['untrusted'], 'url'],
  ['recipient-is-exchanged', 'Write', ['send'], 'to'],
  ['link-in-a-message-leaks', 'Write', ['send'], 'body'],
  ['many-small-payments', 'Financial', ['financial'], 'amount', { type: 'number' }],
];

for (const [id, toolClass, effects, argument, schema = { type: 'string' }] of PICKED)
  test(`a ${toolClass} tool that takes "${argument}" is exposed to ${id}, and the same tool without it is not`, () => {
    const verdict = { class: toolClass, effects, evidence: [] };
    const ids = (inputSchema: object) =>
      fittingPatterns(verdict, { inputSchema: inputSchema as Record<string, unknown> }, patterns).map(
        ({ pattern }) => pattern.id,
      );
    assert.ok(ids({ properties: { [argument]: schema } }).includes(id));
    assert.ok(!ids({ properties: {} }).includes(id));
    assert.ok(!ids({ properties: { [argument]: { type: 'array' } } }).includes(id));
  });
