import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { explanationSchema } from '../../src/core/explain/explanation.ts';
import { loadExplanationRenderer } from '../../src/render/explanation/explanation-format.ts';
import { policyJson } from '../../src/render/policy/policy-json.ts';
import { wrap } from '../../src/render/text/wrap.ts';
import { matchesGolden } from '../support/golden.ts';
import { ROOT } from '../support/run-cli.ts';
import { HOSTILE_EXPLANATION } from './hostile-explanation.ts';

const PLAIN = { color: false, columns: null };
/** Controls but the line break, direction overrides, zero-width characters. */
const DANGEROUS = /[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/u;

for (const [format, ending] of [
  ['text', 'txt'],
  ['markdown', 'md'],
] as const) {
  test(`a hostile tool explained as ${format} looks as recorded`, async () => {
    const render = await loadExplanationRenderer(format);
    matchesGolden(`explanation.${ending}`, render(HOSTILE_EXPLANATION, PLAIN));
  });

  test(`nothing in an explanation as ${format} can steer a terminal or hide a word`, async () => {
    const render = await loadExplanationRenderer(format);
    assert.doesNotMatch(render(HOSTILE_EXPLANATION, PLAIN), DANGEROUS);
  });
}

test('an explanation at a terminal is coloured, its marks bold and underlined, and fits the width', async () => {
  const render = await loadExplanationRenderer('text');
  matchesGolden('explanation.terminal.txt', render(HOSTILE_EXPLANATION, { color: true, columns: 60 }));
});

test('no line of a description is a heading, a list or a fence of our page', async () => {
  const render = await loadExplanationRenderer('markdown');
  const page = render(HOSTILE_EXPLANATION, PLAIN);
  const headings = page.split('\n').filter((line) => /^\s*>?\s*#/.test(line));
  assert.ok(
    headings.every((line) => /^#{1,3} (?:two|What|Why|The|Attacks|Questions|How|Can|Which|Other|[A-Z])/.test(line)),
  );
  assert.doesNotMatch(page, /^> (?:---|- |1\. |#|```)/m);
  assert.equal((page.match(/^```/gm) ?? []).length % 2, 0);
});

test('JSON is the explanation itself, and fits the published schema', async () => {
  const render = await loadExplanationRenderer('json');
  const printed = JSON.parse(render(HOSTILE_EXPLANATION, PLAIN));
  assert.deepEqual(printed, JSON.parse(JSON.stringify(HOSTILE_EXPLANATION)));
  assert.deepEqual(explanationSchema.safeParse(printed).error?.issues ?? [], []);
  const published = JSON.parse(readFileSync(join(ROOT, 'dist/schema/explanation.json'), 'utf8'));
  assert.deepEqual(z.fromJSONSchema(published).safeParse(printed).error?.issues ?? [], []);
});

test('the published schema refuses a key that it does not know', () => {
  const published = JSON.parse(readFileSync(join(ROOT, 'dist/schema/explanation.json'), 'utf8'));
  assert.ok(!z.fromJSONSchema(published).safeParse({ ...HOSTILE_EXPLANATION, more: 1 }).success);
});

test('a policy as shown means the same as the policy, and shows every character', () => {
  const policy = { hide: ['a\u202Eb', '\u{E0041}', '\u001B[2J', '\\u202e', '🚀'] };
  assert.deepEqual(JSON.parse(policyJson(policy, 2)), policy);
  assert.doesNotMatch(policyJson(policy), DANGEROUS);
});

test('words are wrapped to the width, and an address stays whole', () => {
  assert.deepEqual(wrap('aa bb cc', { width: 6, first: ' ' }), [' aa bb', ' cc']);
  assert.deepEqual(wrap('a https://example.com b', { width: 8, first: '- ', rest: '  ' }), [
    '- a',
    '  https://example.com',
    '  b',
  ]);
  assert.deepEqual(wrap('読み 取り', { width: 6, first: '' }), ['読み', '取り']);
  assert.deepEqual(wrap('', { width: 6, first: '  ' }), ['  ']);
});
