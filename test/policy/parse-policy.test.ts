import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { counterConflicts } from '../../src/core/policy/counter-conflicts.ts';
import { jsonPointer, pathOfPointer, pathText } from '../../src/core/policy/json-pointer.ts';
import { parsePolicy } from '../../src/core/policy/parse-policy.ts';
import type { Limit } from '../../src/core/policy/policy.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { anyPolicy } from './any-policy.ts';

const regex = await loadLinearRegex();

/** The problems of a policy as a person reads them. */
const problems = (value: unknown): string[] =>
  parsePolicy(value, { regex }).problems.map(({ path, message }) => `${pathText(path)} ${message}`);

const withRule = (rule: unknown): object => ({ version: '1', default: 'deny', tools: { t: rule } });
const condition = (parts: object): object => withRule({ deny_if: [{ conditions: [{ path: 'args.x', ...parts }] }] });
const limit = (parts: object): object =>
  withRule({ limits: [{ counter: 'c', window: 'minute', max: 1, scope: 'grant', ...parts }] });

const CONDITION = 'tools.t.deny_if[0].conditions[0]';
const LIMIT = 'tools.t.limits[0]';

const WRONG: readonly (readonly [what: string, value: unknown, says: readonly string[]])[] = [
  ['nothing', null, ['the policy must be an object, not null']],
  ['a list', [], ['the policy must be an object, not a list']],
  [
    'an empty object',
    {},
    [
      'version is missing: it must be "1", in quotes',
      'default is missing: it must be one of "deny" or "allow"',
      'tools is missing: it must be an object',
    ],
  ],
  ['a version that is a number', { ...withRule({}), version: 1 }, ['version must be "1", in quotes, not the number 1']],
  [
    'a key that nobody knows',
    { ...withRule({}), tool: 1 },
    ['tool is no key that can be here: did you mean "all_tools" or "tools"?'],
  ],
  ['tools in a list', { ...withRule({}), tools: [] }, ['tools must be an object, not a list']],
  ['a rule that is null', withRule(null), ['tools.t must be an object, not null']],
  ['a hidden name that is no text', { ...withRule({}), hide: [1] }, ['hide[0] must be text, not the number 1']],
  [
    'gt with text',
    condition({ op: 'gt', value: '5' }),
    [`${CONDITION}.value must be a number for this operator, not "5"`],
  ],
  [
    'in without a list',
    condition({ op: 'in', value: 'a' }),
    [`${CONDITION}.value must be a list for this operator, not "a"`],
  ],
  [
    'exists with text',
    condition({ op: 'exists', value: 'no' }),
    [`${CONDITION}.value must be true or false for this operator, not "no"`],
  ],
  [
    'a condition without a value',
    condition({ op: 'eq' }),
    [`${CONDITION}.value is missing: it must be a value of JSON`],
  ],
  [
    'an operator that is none',
    condition({ op: 'equals', value: 1 }),
    [
      `${CONDITION}.op must be one of "eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains" or "exists", not "equals"`,
    ],
  ],
  [
    'a path that does not begin with args',
    condition({ path: 'x', op: 'eq', value: 1 }),
    [`${CONDITION}.path must begin with "args", for example "args.amount", not "x"`],
  ],
  ...['args.', 'args..x', 'args.x.', 'argsx', 'args.a\\b'].map(
    (path) =>
      [
        `the path ${path}`,
        condition({ path, op: 'eq', value: 1 }),
        [`${CONDITION}.path must begin with "args", for example "args.amount", not ${JSON.stringify(path)}`],
      ] as const,
  ),
  [
    'a pattern with look-ahead',
    condition({ op: 'regex', value: '(?=a)' }),
    [
      `${CONDITION}.value "(?=a)" cannot be used: invalid or unsupported Perl syntax: \`(?=\` (RE2 syntax, which runs in linear time and knows no look-around and no back-references)`,
    ],
  ],
  [
    'a window that is none',
    limit({ window: 'week' }),
    [`${LIMIT}.window must be one of "minute", "hour" or "day", not "week"`],
  ],
  ['a negative maximum', limit({ max: -1 }), [`${LIMIT}.max must be at least 0, not the number -1`]],
  ['half a call', limit({ max: 1.5 }), [`${LIMIT}.max must be a whole number, since it counts calls, not 1.5`]],
  ['a counter with capitals', limit({ counter: 'C' }), [`${LIMIT}.counter must be made of a-z, 0-9 and _, not "C"`]],
  [
    'a sum of all arguments',
    limit({ increment_from: 'args' }),
    [`${LIMIT}.increment_from must name an argument, for example "args.amount", not "args"`],
  ],
];

for (const [what, value, says] of WRONG) test(`refused: ${what}`, () => assert.deepEqual(problems(value), says));

test('all problems are told at once, each with the tool it is about', () => {
  const rule = { deny_if: [{ conditions: [{ path: 'args.x', op: 'regex', value: '(' }], extra: 1 }], limits: [{}] };
  const { policy, problems: found } = parsePolicy({ version: '2', tools: { t: rule, u: 5 } }, { regex });
  assert.equal(policy, null);
  assert.deepEqual(
    found.map(({ path, tool, code }) => [jsonPointer(path), tool, code]),
    [
      ['/version', null, 'wrong-value'],
      ['/default', null, 'missing-key'],
      ['/tools/t/deny_if/0/extra', 't', 'unknown-key'],
      ['/tools/t/limits/0/counter', 't', 'missing-key'],
      ['/tools/t/limits/0/window', 't', 'missing-key'],
      ['/tools/t/limits/0/max', 't', 'missing-key'],
      ['/tools/t/limits/0/scope', 't', 'missing-key'],
      ['/tools/u', 'u', 'wrong-value'],
      ['/tools/t/deny_if/0/conditions/0/value', 't', 'invalid-regex'],
    ],
  );
});

test('a tool named __proto__ has a rule like any other, and its problems are told', () => {
  const parsed = parsePolicy(JSON.parse('{"version":"1","default":"deny","tools":{"__proto__":{}}}'), { regex });
  assert.deepEqual(Object.keys(parsed.policy?.tools ?? {}), ['__proto__']);
  assert.deepEqual(problems(JSON.parse('{"version":"1","default":"deny","tools":{"__proto__":{"x":1}}}')), [
    'tools.__proto__.x is no key that can be here: there are "require", "deny_if", "require_approval" and "limits"',
  ]);
});

test('nesting without end is refused', () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  assert.deepEqual(problems(condition({ op: 'eq', value: deep })), ['the policy is nested deeper than 64 levels']);
});

const at = (path: readonly (string | number)[], parts: Partial<Limit> = {}): { path: typeof path; limit: Limit } => ({
  path,
  limit: { counter: 'c', window: 'minute', max: 1, scope: 'grant', ...parts },
});
const conflicts = (...limits: Parameters<typeof counterConflicts>[0]): string[] =>
  counterConflicts(limits).map(({ path, message }) => `${pathText(path)} ${message}`);

test('one counter means one thing wherever it stands', () => {
  const first = at(['tools', 'a', 'limits', 0]);
  assert.deepEqual(conflicts(first, at(['tools', 'b', 'limits', 0], { max: 5 })), []);
  assert.deepEqual(conflicts(first, at(['tools', 'b', 'limits', 0], { window: 'day', scope: 'server' })), [
    'tools.b.limits[0].window is "day", but the counter "c" has "minute" in tools.a.limits[0]: give one of them another counter',
    'tools.b.limits[0].scope is "server", but the counter "c" has "grant" in tools.a.limits[0]: give one of them another counter',
  ]);
  assert.deepEqual(conflicts(first, at(['tools', 'b', 'limits', 0], { increment_from: 'args.n' })), [
    'tools.b.limits[0].counter "c" counts calls in one place and adds up an argument in the other (tools.a.limits[0]): give one of them another counter',
  ]);
});

test('one call takes from a counter once', () => {
  const first = at(['tools', 'a', 'limits', 0]);
  assert.deepEqual(conflicts(first, at(['tools', 'b', 'limits', 0]), at(['tools', 'b', 'limits', 1])), [
    'tools.b.limits[1].counter "c" would count one call twice, here and in tools.b.limits[0]: leave one of them out',
  ]);
  assert.deepEqual(conflicts(at(['all_tools', 'limits', 0]), at(['tools', 'b', 'limits', 0])), [
    'tools.b.limits[0].counter "c" would count one call twice, here and in all_tools.limits[0]: leave one of them out',
  ]);
});

test('a policy that is valid comes out as it went in', () => {
  fc.assert(
    fc.property(anyPolicy, (policy) => {
      const whole: unknown = JSON.parse(JSON.stringify(policy));
      const parsed = parsePolicy(whole, { regex });
      // Limits that share a counter by chance are another promise.
      if (parsed.policy === null) assert.ok(parsed.problems.every(({ code }) => code === 'counter-conflict'));
      else assert.deepEqual(JSON.parse(JSON.stringify(parsed.policy)), whole);
    }),
  );
});

test('anything at all is a policy or problems, never an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, rule) => {
      for (const each of [value, withRule(rule), withRule({ deny_if: rule, limits: [rule] })]) {
        const { policy, problems: found } = parsePolicy(each, { regex });
        assert.equal(policy === null, found.length > 0);
      }
    }),
  );
});

test('a pointer leads to the place it was made of', () => {
  assert.equal(jsonPointer(['tools', 'a/b~c', 'deny_if', 0]), '/tools/a~1b~0c/deny_if/0');
  assert.equal(pathOfPointer('(hidden)'), null);
  fc.assert(fc.property(fc.array(fc.string()), (path) => assert.deepEqual(pathOfPointer(jsonPointer(path)), path)));
});

test('a path reads as one would write it', () => {
  assert.equal(pathText(['tools', 'create-charge', 'limits', 0]), 'tools.create-charge.limits[0]');
  assert.equal(pathText(['tools', 'a b', 'limits']), 'tools["a b"].limits');
});
