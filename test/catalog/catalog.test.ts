import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { CatalogEntry } from '../../src/core/classify/catalog-entry.ts';
import { classifyTools } from '../../src/core/classify/classify.ts';
import { readKnowledge } from '../../src/io/read-catalog.ts';

const knowledge = { ...readKnowledge({ catalog: true }), overrides: {} };
const folder = fileURLToPath(import.meta.resolve('#catalog/servers'));

test('every file of the catalog is compiled', () => {
  assert.equal(knowledge.entries.length, readdirSync(folder).filter((file) => file.endsWith('.yaml')).length);
});

test('every entry can be recognised, and no two by the same package or host', () => {
  const proofs = knowledge.entries.flatMap(({ recognise: { packages, hosts } }) => [...packages, ...hosts]);
  assert.equal(new Set(proofs).size, proofs.length);
  for (const { title, recognise } of knowledge.entries)
    assert.ok(recognise.names.length + recognise.packages.length + recognise.hosts.length > 0, title);
});

test('no entry says what the rules find in the name alone', (t) => {
  for (const { title, tools } of knowledge.entries) {
    const names = Object.keys(tools);
    const { classifications } = classifyTools(
      names.map((name) => ({ name })),
      { name: title },
      { ...knowledge, entries: [] },
    );
    for (const verdict of classifications)
      if (verdict.class === tools[verdict.name]?.class)
        t.diagnostic(`${title}: the rules reach ${verdict.name} by themselves`);
  }
});

const tools = [{ name: 'bn_create_listen_key', description: 'Opens a user data stream and returns its listen key.' }];
const verdictAs = (server: { claimedName?: string; package?: string }, overrides = {}) =>
  classifyTools(tools, { name: 'binance', ...server }, { ...knowledge, overrides }).classifications[0];

test('the catalog decides for a server reached by its package', () => {
  const verdict = verdictAs({ package: 'npm:@node2flow/binance-mcp' });
  assert.equal(verdict?.source, 'catalog');
  assert.equal(verdict?.class, 'Write');
});

test('a claimed name is enough to raise the risk', () => {
  assert.equal(verdictAs({ claimedName: 'binance-mcp' })?.class, 'Write');
  assert.equal(verdictAs({ claimedName: 'something else' })?.class, 'Read');
});

const lenient: CatalogEntry = {
  title: 'A product',
  recognise: { names: ['known'], packages: ['npm:known'], hosts: ['mcp.known.example'] },
  tools: {
    wipe: { class: 'Read', because: 'It only looks.', source: 'https://known.example', checked: '2026-01-31' },
  },
};
const wipe = (server: { claimedName?: string; package?: string; url?: string }) =>
  classifyTools([{ name: 'wipe' }], { name: 'x', ...server }, { ...knowledge, entries: [lenient] }).classifications[0]
    ?.class;

test('a claimed name never lowers the risk, a package or host does', () => {
  assert.equal(wipe({ claimedName: 'known' }), 'Destructive');
  assert.equal(wipe({ package: 'npm:known' }), 'Read');
  assert.equal(wipe({ url: 'https://MCP.known.example/mcp?x=1' }), 'Read');
  assert.equal(wipe({ url: 'https://evil.example/?@mcp.known.example' }), 'Destructive');
});

test("the user's own verdict wins over the catalog, by server name or for every server", () => {
  const own = { bn_create_listen_key: { class: 'Other', because: 'We looked.' } } as const;
  for (const name of ['binance', '*']) {
    const verdict = verdictAs({ package: 'npm:@node2flow/binance-mcp' }, { [name]: own });
    assert.equal(verdict?.source, 'override');
    assert.equal(verdict?.class, 'Other');
    assert.equal(verdict?.reason, 'We looked.');
  }
  assert.equal(verdictAs({}, { another: own })?.source, 'rules');
});
