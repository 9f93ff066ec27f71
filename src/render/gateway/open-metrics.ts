/** The metrics of a gateway as OpenMetrics text, which Prometheus and its kin read. */
import type { GatewayMetrics } from '../../core/metrics/gateway-metrics.ts';
import { BOUNDS, type Histogram } from '../../core/metrics/histogram.ts';

export const OPEN_METRICS_CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

type Labels = Readonly<Record<string, string>>;

/** Ends with `# EOF`, as the format asks; families without a sample are declared all the same. */
export function renderOpenMetrics(metrics: GatewayMetrics, { version }: { readonly version: string }): string {
  const { calls, decisions, answers, inFlight, policyReads, storeErrors } = metrics;
  const lines = [
    ...family('policylayer_build', 'info', 'The policylayer that runs.'),
    sample('policylayer_build_info', { version }, 1),
    ...family('policylayer_calls', 'counter', 'Decisions on calls, and how the calls ended.'),
    ...[...calls.values()].map(({ count, ...labels }) => sample('policylayer_calls_total', labels, count)),
    ...family('policylayer_calls_in_flight', 'gauge', 'Calls that a server has not answered yet.'),
    ...[...inFlight].map(([server, count]) => sample('policylayer_calls_in_flight', { server }, count)),
    ...histograms('policylayer_decision_seconds', 'Time that the decision on a call took.', decisions),
    ...histograms('policylayer_answer_seconds', 'Time that the server took to answer.', answers),
    ...family('policylayer_policy_reads', 'counter', 'Times that a policy was read again, and what came of it.'),
    ...[...policyReads.values()].map(({ count, ...labels }) => sample('policylayer_policy_reads_total', labels, count)),
    ...family('policylayer_store_errors', 'counter', 'Times that the state could not be used.'),
    ...[...storeErrors].map(([code, count]) => sample('policylayer_store_errors_total', { code }, count)),
    '# EOF',
  ];
  return `${lines.join('\n')}\n`;
}

function family(name: string, type: string, help: string): string[] {
  const unit = name.endsWith('_seconds') ? [`# UNIT ${name} seconds`] : [];
  return [`# TYPE ${name} ${type}`, ...unit, `# HELP ${name} ${help}`];
}

function histograms(name: string, help: string, byServer: ReadonlyMap<string, Histogram>): string[] {
  const samples = [...byServer].flatMap(([server, { counts, sum }]) => {
    let total = 0;
    const buckets = counts.map((count, at) => {
      total += count;
      return sample(`${name}_bucket`, { server, le: bound(BOUNDS[at]) }, total);
    });
    return [...buckets, sample(`${name}_count`, { server }, total), sample(`${name}_sum`, { server }, sum)];
  });
  return [...family(name, 'histogram', help), ...samples];
}

/** Bounds are numbers with a point, says the format. */
function bound(value: number | undefined): string {
  if (value === undefined) return '+Inf';
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function sample(name: string, labels: Labels, value: number): string {
  const written = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}{${written.join(',')}} ${value}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/** Names are strangers': none may end its label, its line or the text. */
function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\\"\n]/g, (character) => ESCAPES[character] ?? '')
    .replace(/\p{Cc}/gu, '\uFFFD');
}
