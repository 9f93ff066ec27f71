import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judge } from '../../src/core/classify/judge.ts';
import type { Example, RuleFamily } from '../../src/core/classify/rule.ts';
import { classRules, effectRules } from '../../src/core/classify/rules/index.ts';
import { lonelyToolView } from '../../src/core/classify/tool-view.ts';
import { severity } from '../../src/core/verdict.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const { lexicon } = readKnowledge({ catalog: false });
const view = (example: Example) => lonelyToolView(example, lexicon);
const named = (example: Example) => JSON.stringify(example);

test('a class rule fires on each of its positive examples and is silent on each negative one', () => {
  for (const { id, find, examples } of classRules) {
    for (const example of examples.fires)
      assert.notEqual(find(view(example)).length, 0, `missing: ${id} on ${named(example)}`);
    for (const example of examples.silent)
      assert.deepEqual(find(view(example)), [], `noisy: ${id} on ${named(example)}`);
  }
});

test('an effect rule fires on each of its positive examples and is silent on each negative one', () => {
  for (const { id, find, examples } of effectRules) {
    const hits = (example: Example) => find(view(example), judge(view(example)).class, []);
    for (const example of examples.fires)
      assert.notEqual(hits(example).length, 0, `missing: ${id} on ${named(example)}`);
    for (const example of examples.silent) assert.deepEqual(hits(example), [], `noisy: ${id} on ${named(example)}`);
  }
});

test('each positive example comes out of the whole engine with the class of its rule, or a worse one', () => {
  for (const { id, says, examples } of classRules) {
    for (const example of examples.fires) {
      const verdict = judge(view(example)).class;
      assert.ok(severity(verdict) <= severity(says), `${id}: ${named(example)} came out as ${verdict}`);
    }
  }
});

test('each positive example comes out of the whole engine with the effect of its rule', () => {
  for (const { id, says, examples } of effectRules) {
    for (const example of examples.fires)
      assert.ok(judge(view(example)).effects.includes(says), `${id}: ${named(example)} came out without ${says}`);
  }
});

test('every quote is an exact part of the definition', () => {
  const text = ({ name, title = '', description = '', inputSchema = {}, annotations = {} }: Example) =>
    `${name}\n${title}\n${description}\n${JSON.stringify(inputSchema)}\n${JSON.stringify(annotations)}`;
  for (const { examples } of [...classRules, ...effectRules]) {
    for (const example of [...examples.fires, ...examples.silent]) {
      for (const { quote } of judge(view(example)).evidence)
        assert.ok(text(example).includes(quote), `${JSON.stringify(quote)} is not in ${named(example)}`);
    }
  }
});

test('ids are unique, kebab-case and name their area', () => {
  const ids = [...classRules, ...effectRules].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^(name|title|description|parameters|annotations|effects)\/[a-z]+(-[a-z]+)*$/);
});

test('every rule has at least two examples of each kind, and none appears twice within it', () => {
  for (const { id, examples } of [...classRules, ...effectRules]) {
    assert.ok(examples.fires.length >= 2 && examples.silent.length >= 2, id);
    const all = [...examples.fires, ...examples.silent].map(named);
    assert.equal(new Set(all).size, all.length, `${id} has an example twice`);
  }
});

test('every file of rules is registered', async () => {
  const folder = fileURLToPath(new URL('../../src/core/classify/rules', import.meta.url));
  const registered = new Set([...classRules, ...effectRules].map(({ id }) => id));
  for (const file of readdirSync(folder).filter((name) => name.endsWith('-rules.js'))) {
    const module: Record<string, unknown> = await import(`../../src/core/classify/rules/${file}`);
    const rules = Object.values(module).flatMap((exported) =>
      Array.isArray(exported) ? exported : Object.values((exported as Partial<RuleFamily>).rules ?? {}),
    );
    assert.notEqual(rules.length, 0, `${file} exports no rules`);
    for (const { id } of rules) assert.ok(registered.has(id), `${file}: ${id} is not registered`);
  }
});
