import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type {
  Call,
  Classification,
  CompiledPolicy,
  Decision,
  Explanation,
  Policy,
  Report,
  ToolSource,
} from 'policylayer';
import * as library from 'policylayer';
import { ROOT, temporaryFolder } from '../support/run-cli.ts';

const { classify, evaluate, explain, loadPolicy, recommend, scan, toolSource, UserError } = library;
const tools = [{ name: 'list_orders' }, { name: 'delete_order' }];

test('the library exports what it promises, and nothing else', () => {
  assert.deepEqual(Object.keys(library), [
    'CATEGORIES',
    'CLASSES',
    'EFFECTS',
    'RISKS',
    'UserError',
    'classify',
    'evaluate',
    'explain',
    'loadPolicy',
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

test('evaluate decides on a call by a policy that was loaded, and names the rule and the limits to be counted', async () => {
  const policy: CompiledPolicy = await loadPolicy({
    version: '1',
    default: 'deny',
    tools: { pay: { limits: [{ counter: 'calls', window: 'day', max: 3, scope: 'grant' }] } },
  });
  const call: Call = { tool: 'pay', args: { amount: 5 } };
  const { outcome, rule, limits }: Decision = evaluate(policy, call);
  assert.deepEqual([outcome, rule], ['allow', '/tools/pay']);
  assert.deepEqual(
    limits.map(({ counter, amount, max }) => [counter, amount, max]),
    [['calls', 1, 3]],
  );
  assert.equal(evaluate(policy, { tool: 'constructor', args: {} }).rule, '(default deny)');
  assert.equal(
    evaluate(await loadPolicy(recommend(classify(tools))), { tool: 'list_orders', args: {} }).outcome,
    'allow',
  );
});

test('loadPolicy reads JSON and YAML, and refuses a policy that is wrong, with all that is wrong', async (t) => {
  const file = join(temporaryFolder(t), 'policy.yaml');
  writeFileSync(file, 'version: "1"\ndefault: deny\nhide: [a]\ntools: {}\n');
  assert.equal(evaluate(await loadPolicy(file), { tool: 'a', args: {} }).rule, '(hidden)');
  const wrong = { version: 1, default: 'maybe', tools: {} } as never;
  await assert.rejects(loadPolicy(wrong), { code: 'POLICY_INVALID', because: /version.*default/ });
  await assert.rejects(loadPolicy('missing.yaml'), UserError);
});

test('explain says everything about one tool of a target', async () => {
  const path = join(ROOT, 'test', 'fixtures', 'tools.json');
  const [tool = ''] = (await scan(path)).servers[0]?.tools.map(({ name }) => name) ?? [];
  const explanation: Explanation = await explain(path, tool);
  assert.equal(explanation.definition.name, tool);
  await assert.rejects(explain(path, 'none'), { code: 'TOOL_NOT_FOUND' });
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
