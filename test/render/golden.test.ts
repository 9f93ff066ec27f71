import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { reportSchema } from '../../src/core/report.ts';
import { renderPolicy } from '../../src/render/policy/policy.ts';
import { renderPolicyYaml } from '../../src/render/policy/policy-yaml.ts';
import { FORMATS, loadRenderer } from '../../src/render/report/format.ts';
import type { RenderOptions } from '../../src/render/report/renderer.ts';
import { matchesGolden } from '../support/golden.ts';
import { HOSTILE_REPORT, HOSTILE_SERVER } from './hostile-report.ts';

const PLAIN: RenderOptions = {
  color: false,
  columns: null,
  nextSteps: ['policylayer scan --json npm:files-server'],
  nameServers: true,
};
const ENDINGS = { text: 'txt', json: 'json', ndjson: 'ndjson', policy: 'policies.txt', markdown: 'md' } as const;
/** Controls but the line break, direction overrides, zero-width characters. */
const DANGEROUS = /[\p{Cf}\u2028\u2029]|(?!\n)\p{Cc}/u;

for (const format of FORMATS) {
  test(`a hostile report as ${format} looks as recorded`, async () => {
    const render = await loadRenderer(format);
    matchesGolden(`report.${ENDINGS[format]}`, render(HOSTILE_REPORT, PLAIN));
  });
}

for (const format of ['text', 'markdown'] as const) {
  test(`nothing in ${format} can steer a terminal or hide a word`, async () => {
    const render = await loadRenderer(format);
    assert.doesNotMatch(render(HOSTILE_REPORT, PLAIN), DANGEROUS);
  });
}

test('text at a terminal is coloured and cut to its width', async () => {
  const render = await loadRenderer('text');
  matchesGolden('report.terminal.txt', render(HOSTILE_REPORT, { ...PLAIN, color: true, columns: 72 }));
});

test('JSON is the report itself, and fits its schema', async () => {
  const render = await loadRenderer('json');
  const printed = JSON.parse(render(HOSTILE_REPORT, PLAIN));
  assert.deepEqual(printed, HOSTILE_REPORT);
  assert.deepEqual(reportSchema.safeParse(printed).error?.issues ?? [], []);
});

test('a verdict a line names its server only where there may be several', async () => {
  const render = await loadRenderer('ndjson');
  const lines = (options: RenderOptions) =>
    render(HOSTILE_REPORT, options)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  assert.deepEqual(lines({ ...PLAIN, nameServers: false }), HOSTILE_SERVER.tools);
  assert.ok(lines(PLAIN).every(({ server }) => server === 'files'));
});

test('a policy as JSON hides nothing from its editor, and parses to the same policy', () => {
  const text = renderPolicy(HOSTILE_SERVER.policy);
  assert.doesNotMatch(text, DANGEROUS);
  assert.deepEqual(JSON.parse(text), HOSTILE_SERVER.policy);
});

test('a policy as YAML looks as recorded', () => {
  matchesGolden('policy.yaml', renderPolicyYaml(HOSTILE_SERVER));
});

test('a policy as YAML hides nothing from its editor', () => {
  assert.doesNotMatch(renderPolicyYaml(HOSTILE_SERVER), DANGEROUS);
});

test('a policy as YAML holds the same as the JSON, whatever tools are called', () => {
  const read = parse(renderPolicyYaml(HOSTILE_SERVER), { mapAsMap: true });
  const plain = (value: unknown): unknown => {
    if (value instanceof Map) return [...value].map(([key, inner]) => [key, plain(inner)]);
    return Array.isArray(value) ? value.map(plain) : value;
  };
  const entries = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(entries);
    return typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, inner]) => [key, entries(inner)])
      : value;
  };
  assert.deepEqual(plain(read), entries(HOSTILE_SERVER.policy));
});
