import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../src/core/classify/judge.ts';
import { reasonFor } from '../../src/core/classify/reason.ts';
import type { Example } from '../../src/core/classify/rule.ts';
import { classRules, effectRules } from '../../src/core/classify/rules/index.ts';
import { lonelyToolView } from '../../src/core/classify/tool-view.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const { lexicon } = readKnowledge({ catalog: false });
const reason = (example: Example) => reasonFor(judge(lonelyToolView(example, lexicon)));

test('a reason quotes the definition, and says what that means', () => {
  assert.equal(
    reason({ name: 'delete_page', description: 'Deletes a page.' }),
    'The description says "Deletes a page", and the name agrees: what a call removes is gone for good.',
  );
  assert.equal(
    reason({ name: 'database', inputSchema: { properties: { sql: { type: 'string' } } } }),
    'It takes "sql": a query in free text can write as well as read. What it returns belongs to the user or the organisation.',
  );
});

test('what raises the risk is told with its own quote', () => {
  assert.equal(
    reason({ name: 'list_cookies' }),
    'The name says "list": a call reads and leaves everything as it was. What it returns includes credentials ("cookies").',
  );
});

test('evidence that disagrees is told', () => {
  assert.match(
    reason({ name: 'replace_text', description: 'Replaces text. Offers a dry run.' }),
    /"dry run" as well, but that weighs less\.$/,
  );
});

test('every reason is one or two sentences with exact quotes', () => {
  for (const { examples } of [...classRules, ...effectRules]) {
    for (const example of [...examples.fires, ...examples.silent]) {
      const text = reason(example);
      assert.match(text, /^[^a-z].*\.$/);
      assert.doesNotMatch(text, /undefined|[a-z]+\/[a-z-]+/);
      const { inputSchema = {}, annotations = {}, name, title = '', description = '' } = example;
      const definition = [name, title, description, JSON.stringify(inputSchema), JSON.stringify(annotations)].join(
        '\n',
      );
      for (const [, quote = ''] of text.matchAll(/"([^"]+)"/g)) assert.ok(definition.includes(quote), text);
    }
  }
});
