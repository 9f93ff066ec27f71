import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attackOn } from '../../src/core/explain/attack-on.ts';
import type { AttackPattern } from '../../src/core/explain/attack-pattern.ts';
import { fittingPatterns } from '../../src/core/explain/fitting-patterns.ts';
import type { Effect, ToolClass } from '../../src/core/verdict.ts';

const pattern = (
  id: string,
  needs: AttackPattern['needs'],
  stop: AttackPattern['stop'] = { says: 'Hide it.', hide: true },
): AttackPattern => ({
  id,
  title: id,
  happens: 'One. Two.',
  needs,
  owasp: 'MCP06',
  stop,
  sources: [{ title: 'x', url: 'https://example.com' }],
});

const patterns = [
  pattern('any-of-three', { any: ['Read', 'Write', 'Other'] }),
  pattern('read', { all: ['Read'] }),
  pattern('private-read', { all: ['Read', 'private'] }),
  pattern('send', { all: ['send'] }),
  pattern('path', { any: ['Read', 'Write'], argument: ['file', 'path'] }),
];

const idsFor = (properties: object = {}, effects: ('private' | 'send')[] = ['private']) =>
  fittingPatterns({ class: 'Read', effects, evidence: [] }, { inputSchema: { properties } }, patterns).map(
    ({ pattern, argument }) => (argument === null ? pattern.id : `${pattern.id}:${argument.join('.')}`),
  );

test('the most specific pattern comes first, and one that lacks a trait is left out', () => {
  assert.deepEqual(idsFor(), ['private-read', 'read', 'any-of-three']);
  assert.deepEqual(idsFor({}, []), ['read', 'any-of-three']);
});

test('a pattern about an argument comes before all others, with the name that the tool has for it', () => {
  assert.deepEqual(idsFor({ path: { type: 'string' } })[0], 'path:path');
  assert.deepEqual(idsFor({ path: {}, file: {} })[0], 'path:file');
});

test('an argument is found however the tool spells it, and named as the tool does', () => {
  const spelled = pattern('spelled', { all: ['Read'], argument: ['file_path'] });
  for (const name of ['file_path', 'filePath', 'file-path', 'FilePath'])
    assert.equal(
      fittingPatterns({ class: 'Read', effects: [], evidence: [] }, { inputSchema: { properties: { [name]: {} } } }, [
        spelled,
      ])[0]?.argument?.[0],
      name,
    );
});

test('what makes a tool as dangerous as it is comes before what only concerns an argument of it', () => {
  const ids = (toolClass: ToolClass, effects: Effect[]) =>
    fittingPatterns({ class: toolClass, effects, evidence: [] }, { inputSchema: { properties: { path: {} } } }, [
      pattern('any-of-two', { any: ['Execute', 'Destructive'] }),
      pattern('any-of-three', { any: ['Write', 'Read', 'Destructive'] }),
      pattern('path', { any: ['Read', 'Write', 'Destructive'], argument: ['path'] }),
      pattern('destructive', { all: ['Destructive'] }),
      pattern('secrets', { all: ['secrets'] }),
      pattern('access', { all: ['access'] }),
    ]).map(({ pattern }) => pattern.id);
  assert.deepEqual(ids('Destructive', ['destructive']), ['destructive', 'any-of-two', 'path', 'any-of-three']);
  assert.deepEqual(ids('Read', ['secrets']), ['secrets', 'path', 'any-of-three']);
  assert.deepEqual(ids('Write', ['access']), ['access', 'path', 'any-of-three']);
});

test('what a schema only inherits is no argument', () => {
  const inherited = pattern('inherited', { all: ['Read'], argument: ['constructor', '__proto__'] });
  const fitting = fittingPatterns({ class: 'Read', effects: [], evidence: [] }, { inputSchema: { properties: {} } }, [
    inherited,
  ]);
  assert.deepEqual(fitting, []);
});

test('a rule carries the name, the counter and the argument of the tool', () => {
  const stop: AttackPattern['stop'] = {
    says: 'x',
    rule: {
      require: [{ conditions: [{ path: 'args.ARGUMENT', op: 'exists', value: true }] }],
      limits: [
        { counter: 'calls', window: 'day', max: 1, scope: 'grant' },
        { counter: 'sum', window: 'day', max: 9, scope: 'grant', increment_from: 'args.ARGUMENT' },
      ],
    },
  };
  const { stop: stopped } = attackOn(
    { name: 'Pay-Now', rule: {}, hidden: false },
    {
      pattern: pattern('p', { all: ['Read'], argument: ['amount'] }, stop),
      argument: ['amount'],
    },
  );
  assert.deepEqual(stopped.policy.tools?.['Pay-Now'], {
    require: [{ conditions: [{ path: 'args.amount', op: 'exists', value: true }] }],
    limits: [
      { counter: 'pay_now_rate', window: 'day', max: 1, scope: 'grant' },
      { counter: 'pay_now_sum', window: 'day', max: 9, scope: 'grant', increment_from: 'args.amount' },
    ],
  });
});

test('a tool named __proto__ gets a rule of its own', () => {
  const limited = pattern('p', { all: ['Read'] }, { says: 'x', rule: {} });
  const { stop } = attackOn({ name: '__proto__', rule: {}, hidden: false }, { pattern: limited, argument: null });
  assert.deepEqual(Object.keys(stop.policy.tools ?? {}), ['__proto__']);
});
