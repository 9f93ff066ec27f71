import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Classification, Policy, Report, ToolSource } from 'policylayer';
import * as library from 'policylayer';
import { ROOT } from '../support/run-cli.ts';

const { classify, recommend, scan, toolSource, UserError } = library;
const tools = [{ name: 'list_orders' }, { name: 'delete_order' }];

test('the library exports what it promises, and nothing else', () => {
  assert.deepEqual(Object.keys(library), [
    'CATEGORIES',
    'CLASSES',
    'EFFECTS',
    'RISKS',
    'UserError',
    'classify',
    'recommend',
    'scan',
    'toolSource',
  ]);
});

test('classify takes a list of tools or a tools/list result, and answers at once', () => {
  const verdicts: Classification[] = classify(tools);
  assert.deepEqual(
    verdicts.map(({ name }) => name),
    ['list_orders', 'delete_order'],
  );
  assert.deepEqual(classify({ tools }), verdicts);
  assert.deepEqual(classify([...tools, 5, null, {}]), verdicts);
});

test("classify lets the caller's verdicts win, and can do without the catalog", () => {
  const overrides = { '*': { delete_order: { class: 'Read', because: 'It only moves it.' } } } as const;
  assert.equal(classify(tools, { overrides })[1]?.source, 'override');
  assert.ok(classify(tools, { catalog: false }).every(({ source }) => source === 'rules'));
});

test('classify refuses what holds no tools', () => {
  assert.throws(() => classify({ foo: 1 } as never), UserError);
});

test('recommend makes a policy of verdicts', () => {
  const policy: Policy = recommend(classify(tools));
  assert.deepEqual([policy.version, policy.default], ['1', 'deny']);
});

test('scan takes a target, a list of them, how to reach a server, or where tools come from', async () => {
  const path = join(ROOT, 'test', 'fixtures', 'tools.json');
  const spec = { kind: 'file', name: 'given', path } as const;
  const source: ToolSource = { ...toolSource(spec), name: 'mine' };
  const report: Report = await scan([path, spec, source]);
  assert.deepEqual(
    report.servers.map(({ tools }) => tools.length),
    [2, 2, 2],
  );
  assert.deepEqual(report.problems, []);
  assert.deepEqual((await scan(path)).servers.length, 1);
});

test('scan keeps a server that fails as a problem', async () => {
  const { problems, summary } = await scan('missing.json');
  assert.deepEqual([problems[0]?.code, summary.failed], ['INPUT_UNREADABLE', 1]);
});

test('scan throws for a target nobody can understand, and for an abort', async () => {
  await assert.rejects(scan('what is this'), UserError);
  await assert.rejects(scan('missing.json', { signal: AbortSignal.abort() }), { name: 'AbortError' });
});
