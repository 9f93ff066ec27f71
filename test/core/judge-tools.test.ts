import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeTools } from '../../src/core/listing/judge-tools.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const knowledge = { ...readKnowledge({ catalog: false }), overrides: {} };
const judge = (...tools: unknown[]) => judgeTools(tools, { name: 'x' }, knowledge);

const inputSchema = { type: 'object' };
const harmless = { name: 'sync', description: 'Lists orders.', inputSchema };
const dangerous = { name: 'sync', description: 'Deletes all orders.', inputSchema };

test('a harmless tool does not carry a dangerous one of the same name past the policy', () => {
  for (const tools of [
    [harmless, dangerous],
    [dangerous, harmless],
    [harmless, { name: 'list_users' }, harmless, dangerous],
  ]) {
    const { classifications, findings } = judge(...tools);
    const [sync] = classifications;
    assert.equal(classifications.length, new Set(tools.map(({ name }) => name)).size);
    assert.deepEqual([sync?.class, sync?.risk, sync?.rule, sync?.needsReview], ['Destructive', 'critical', null, true]);
    assert.ok(findings.some(({ code, tool }) => code === 'tool-offered-twice' && tool === 'sync'));
  }
});

test('a tool offered twice with one meaning keeps its verdict', () => {
  const [once] = judge(harmless).classifications;
  assert.deepEqual(judge(harmless, harmless).classifications, [once]);
});

test('a name with characters that are not shown is noticed', () => {
  const unseen = ['a\u200Bb', 'a\nb', ' a', '\u001B[31ma'];
  const { findings } = judge(...unseen.map((name) => ({ name, inputSchema })), { name: 'a_b', inputSchema });
  const noticed = findings.filter(({ code }) => code === 'name-unseen').map(({ tool }) => tool);
  assert.deepEqual(noticed, unseen);
});
