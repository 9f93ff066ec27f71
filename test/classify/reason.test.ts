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

test('what leaves, opens doors or decides over access is told in the same sentence where the same words show it', () => {
  assert.equal(
    reason({ name: 'send_email', description: 'Sends a new email.' }),
    'The description says "Sends a new email", and the name agrees: what it is given leaves for others to see.',
  );
  assert.equal(
    reason({ name: 'create_api_key', description: 'Creates an API key.' }),
    'The description says "Creates an API key", and the name agrees: it decides who may do what. What it returns includes credentials ("api_key").',
  );
});

test('a verb is quoted with its object where the object decided, and with the verbs that share it', () => {
  assert.match(reason({ name: 'create_refund' }), /^The name says "create_refund": a call moves money/);
  assert.match(
    reason({ name: 'put_file', description: 'Create or update a single file in a folder.' }),
    /^The description says "Create or update a single file" and the name says "put"/,
  );
  assert.match(reason({ name: 'navigate', description: 'Navigate.' }), /^Name and description say "navigate":/);
  assert.match(reason({ name: 'get_x', title: 'Get X' }), /^Name and title say "get":/);
});

test('a handle that is made to read is not said to be read', () => {
  assert.match(
    reason({ name: 'create_listen_key' }),
    /: what that makes only serves to read, and nothing is changed\.$/,
  );
});

test('what a parameter offers besides is told where the rule lets it through', () => {
  const inputSchema = { properties: { action: { enum: ['list', 'create', 'delete'] } } };
  assert.equal(
    reason({ name: 'labels', inputSchema }),
    'The caller may choose "delete": what a call removes is gone for good. With "list" or "create" it does no such thing.',
  );
});

test('data that is only presumed to be private is not said to belong to anybody', () => {
  assert.match(reason({ name: 'get_frob' }), /Nothing says that everybody may know what it returns\.$/);
  assert.match(reason({ name: 'get_invoice' }), /belongs to the user or the organisation\.$/);
});

test('evidence that disagrees is told', () => {
  assert.match(
    reason({ name: 'reset_stage', description: 'Unstages all staged changes.' }),
    /"Unstages all staged changes" as well, but the worse of the two counts\.$/,
  );
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
