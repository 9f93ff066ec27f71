import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { AuditEntry } from '../../src/core/audit/audit-entry.ts';
import { addToTraffic, type Traffic } from '../../src/core/audit/traffic.ts';
import { compilePolicy } from '../../src/core/policy/compile-policy.ts';
import { reserve, type Used } from '../../src/core/policy/counters.ts';
import { evaluate } from '../../src/core/policy/evaluate.ts';
import { parsePolicy } from '../../src/core/policy/parse-policy.ts';
import { roundedUp, suggest } from '../../src/core/policy/recommend/suggest.ts';
import { loadLinearRegex } from '../../src/io/policy/linear-regex.ts';
import { renderSuggestionYaml } from '../../src/render/policy/suggestion-yaml.ts';
import { entry } from '../support/audit-entries.ts';

const regex = await loadLinearRegex();

function trafficOf(entries: readonly AuditEntry[]): Traffic {
  const traffic: Traffic = new Map();
  for (const each of entries) addToTraffic(traffic, each);
  return traffic;
}

const MINUTE = 60_000;
const tools = fc.constantFrom('read_file', 'read-file', 'read.file', '__proto__', 'constructor', '7', 'a\u202eb');
const recorded = fc
  .array(
    fc.record({
      tool: tools,
      grant: fc.constantFrom('local', 'alice'),
      outcome: fc.constantFrom('allowed' as const, 'approved' as const, 'would-deny' as const),
      wait: fc.integer({ min: 0, max: 40 * MINUTE }),
    }),
    { maxLength: 120 },
  )
  .map((calls) => {
    let at = 1_790_000_000_000;
    return calls.map(({ wait, ...call }) => {
      at += wait;
      return entry({ ...call, at });
    });
  });

test('the suggested policy is valid, and lets through all that it was made from', () => {
  fc.assert(
    fc.property(recorded, (entries) => {
      const traffic = trafficOf(entries);
      const written = parse(renderSuggestionYaml('files', suggest(traffic), traffic));
      const { policy, problems } = parsePolicy(written, { regex });
      assert.ok(policy !== null, JSON.stringify(problems));
      const compiled = compilePolicy(policy, { regex });
      const used: Used = new Map();
      for (const { tool, grant, at } of entries) {
        const decision = evaluate(compiled, { tool, args: {} });
        assert.notEqual(decision.outcome, 'deny', tool);
        assert.equal(reserve(used, decision.limits, { caller: grant, now: at }), null, tool);
      }
    }),
  );
});

test('a tool that was not called, or only denied, has no rule', () => {
  const policy = suggest(trafficOf([entry(), entry({ tool: 'drop_table', outcome: 'denied' })]));
  assert.deepEqual(Object.keys(policy.tools), ['read_file']);
});

test('a tool of which a person let every call through stays one that a person is asked about', () => {
  const approved = suggest(trafficOf([entry({ outcome: 'approved' })]));
  assert.deepEqual(approved.tools.read_file?.require_approval, [{ conditions: [] }]);
  const mixed = suggest(trafficOf([entry({ outcome: 'approved' }), entry()]));
  assert.equal(mixed.tools.read_file?.require_approval, undefined);
});

test('the end of a call is not counted as another call', () => {
  const traffic = trafficOf([entry(), entry({ outcome: 'answered' }), entry({ outcome: 'failed' })]);
  assert.equal(traffic.get('read_file')?.calls, 1);
});

test('limits are the most that one caller did in a window, rounded up', () => {
  const burst = Array.from({ length: 14 }, (_, at) => entry({ at: 1_789_999_980_000 + at * 1000 }));
  const later = Array.from({ length: 40 }, (_, at) => entry({ at: 1_790_000_040_000 + at * 2 * MINUTE }));
  const { limits } = suggest(trafficOf([...burst, ...later])).tools.read_file ?? {};
  assert.deepEqual(
    limits?.map(({ counter, window, max, scope }) => [counter, window, max, scope]),
    [
      ['read_file_rate', 'minute', 20, 'grant'],
      ['read_file_rate_day', 'day', 100, 'grant'],
    ],
  );
});

for (const [count, up] of [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 5],
  [6, 10],
  [11, 20],
  [31, 50],
  [51, 100],
  [100, 100],
  [101, 200],
] as const)
  test(`${count} is rounded up to ${up}`, () => assert.equal(roundedUp(count), up));

test('no name and no argument key steers the terminal or ends the comment', () => {
  const traffic = trafficOf([
    entry({ tool: 'a\u001b[31m\nversion: "2"', argumentKeys: ['k\n# x: y\ntools: {}', '\u202e'] }),
    entry({ tool: 'b\nevil: {}', outcome: 'denied' }),
  ]);
  const text = renderSuggestionYaml('files\nx: y', suggest(traffic), traffic);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looked for
  assert.doesNotMatch(text, /[\u001b\u202e]/);
  assert.deepEqual(Object.keys(parse(text).tools), ['a\u001b[31m\nversion: "2"']);
});
