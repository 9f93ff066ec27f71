import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../src/core/audit/audit-entry.ts';
import { countEntry, countStoreError, newMetrics } from '../../src/core/metrics/gateway-metrics.ts';
import { OPEN_METRICS_CONTENT_TYPE, renderOpenMetrics } from '../../src/render/gateway/open-metrics.ts';

const entry = (parts: Partial<AuditEntry>): AuditEntry => ({
  at: 0,
  call: '1',
  grant: 'local',
  server: 'files',
  tool: 'read_file',
  rule: '/tools/read_file',
  outcome: 'allowed',
  latencyMs: 0.2,
  argumentKeys: [],
  era: null,
  ...parts,
});

function metricsOf(...entries: readonly Partial<AuditEntry>[]): string {
  const metrics = newMetrics();
  for (const parts of entries) countEntry(metrics, entry(parts));
  return renderOpenMetrics(metrics, { version: '1.2.3' });
}

/** A sample as the format spells it: name, labels with escapes, a number. */
const SAMPLE = /^[a-z_]+\{(?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)+\} -?[0-9.e+-]+$/;
const COMMENT = /^# (?:(?:TYPE|HELP|UNIT) policylayer_[a-z_]+ .+|EOF)$/;

test('every line is one that OpenMetrics knows, and the last one is # EOF', () => {
  const lines = metricsOf({}, { outcome: 'answered', latencyMs: 12 }, { outcome: 'denied', tool: 'x"\\\n\u0000\ud800' })
    .trimEnd()
    .split('\n');
  for (const line of lines) assert.match(line, line.startsWith('#') ? COMMENT : SAMPLE);
  assert.equal(lines.at(-1), '# EOF');
  assert.equal(OPEN_METRICS_CONTENT_TYPE, 'application/openmetrics-text; version=1.0.0; charset=utf-8');
});

test('calls are counted by server, tool and outcome', () => {
  const text = metricsOf({}, {}, { outcome: 'denied' });
  assert.match(text, /^policylayer_calls_total\{server="files",tool="read_file",outcome="allowed"\} 2$/m);
  assert.match(text, /^policylayer_calls_total\{server="files",tool="read_file",outcome="denied"\} 1$/m);
});

test('a call is in flight from its decision to its end; a denied one never is', () => {
  const text = metricsOf({}, {}, { outcome: 'denied' }, { outcome: 'unreached' });
  assert.match(text, /^policylayer_calls_in_flight\{server="files"\} 1$/m);
});

test('buckets are cumulative, and the last one holds all', () => {
  const text = metricsOf({ latencyMs: 0.05 }, { latencyMs: 0.2 }, { latencyMs: 99_000 });
  assert.match(text, /^policylayer_decision_seconds_bucket\{server="files",le="0.0001"\} 1$/m);
  assert.match(text, /^policylayer_decision_seconds_bucket\{server="files",le="0.0003"\} 2$/m);
  assert.match(text, /^policylayer_decision_seconds_bucket\{server="files",le="30.0"\} 2$/m);
  assert.match(text, /^policylayer_decision_seconds_bucket\{server="files",le="\+Inf"\} 3$/m);
  assert.match(text, /^policylayer_decision_seconds_count\{server="files"\} 3$/m);
});

test('an agent that makes up names of tools makes up no more than a bounded number of series', () => {
  const made = Array.from({ length: 5000 }, (_, at) => ({ tool: `made_up_${at}`, outcome: 'denied' as const }));
  const text = metricsOf(...made);
  assert.ok(text.split('\n').length < 1100);
  assert.match(text, /tool="\(other\)",outcome="denied"\} 4000$/m);
});

test('a policy that was read again is counted, and is no call', () => {
  const ofPolicy = { call: '', grant: '', tool: '', latencyMs: null };
  const text = metricsOf(
    { ...ofPolicy, outcome: 'policy-changed' },
    { ...ofPolicy, outcome: 'policy-changed' },
    { ...ofPolicy, outcome: 'policy-refused' },
  );
  assert.match(text, /^policylayer_policy_reads_total\{server="files",outcome="policy-changed"\} 2$/m);
  assert.match(text, /^policylayer_policy_reads_total\{server="files",outcome="policy-refused"\} 1$/m);
  assert.doesNotMatch(text, /policylayer_calls_(?:total|in_flight)\{/);
});

test('errors of the store are counted by their code', () => {
  const metrics = newMetrics();
  countStoreError(metrics, 'STATE_LOCKED');
  countStoreError(metrics, 'STATE_LOCKED');
  assert.match(
    renderOpenMetrics(metrics, { version: '1' }),
    /^policylayer_store_errors_total\{code="STATE_LOCKED"\} 2$/m,
  );
});
