/** What a gateway counts in memory while it runs, fed with what it writes to the audit log. */
import { type AuditEntry, type AuditOutcome, ENDED, OF_POLICY } from '../audit/audit-entry.ts';
import { type Histogram, newHistogram, observe } from './histogram.ts';

export interface CallCount {
  readonly server: string;
  readonly tool: string;
  readonly outcome: AuditOutcome;
  count: number;
}

export interface PolicyCount {
  readonly server: string;
  readonly outcome: AuditOutcome;
  readonly count: number;
}

export interface GatewayMetrics {
  /** By server and outcome: how often the policy was read again. */
  readonly policyReads: Map<string, PolicyCount>;
  readonly calls: Map<string, CallCount>;
  /** By server: how long decisions took. */
  readonly decisions: Map<string, Histogram>;
  /** By server: how long the server took. */
  readonly answers: Map<string, Histogram>;
  /** By server: calls that went out and have no end yet. */
  readonly inFlight: Map<string, number>;
  /** By the code of the error. */
  readonly storeErrors: Map<string, number>;
}

/** Agents may name tools that nobody has: beyond this many, a name is counted as one of `OTHER`. */
const MAX_TOOLS = 1000;
const MAX_NAME_CHARS = 128;
export const OTHER = '(other)';

export function newMetrics(): GatewayMetrics {
  return {
    policyReads: new Map(),
    calls: new Map(),
    decisions: new Map(),
    answers: new Map(),
    inFlight: new Map(),
    storeErrors: new Map(),
  };
}

/** Counts a decision, an end, or a policy that was read. */
export function countEntry(metrics: GatewayMetrics, { server, tool, outcome, latencyMs }: AuditEntry): void {
  if ((OF_POLICY as readonly AuditOutcome[]).includes(outcome)) {
    countRead(metrics, server, outcome);
    return;
  }
  countCall(metrics.calls, server, tool.slice(0, MAX_NAME_CHARS), outcome);
  const hasEnded = (ENDED as readonly AuditOutcome[]).includes(outcome);
  const before = metrics.inFlight.get(server) ?? 0;
  if (hasEnded) metrics.inFlight.set(server, Math.max(0, before - 1));
  else if (outcome !== 'denied') metrics.inFlight.set(server, before + 1);
  if (latencyMs === null) return;
  const histograms = hasEnded ? metrics.answers : metrics.decisions;
  const histogram = histograms.get(server) ?? newHistogram();
  observe(histogram, latencyMs / 1000);
  histograms.set(server, histogram);
}

export function countStoreError({ storeErrors }: GatewayMetrics, code: string): void {
  storeErrors.set(code, (storeErrors.get(code) ?? 0) + 1);
}

function countRead({ policyReads }: GatewayMetrics, server: string, outcome: AuditOutcome): void {
  const key = JSON.stringify([server, outcome]);
  const { count } = policyReads.get(key) ?? { count: 0 };
  policyReads.set(key, { server, outcome, count: count + 1 });
}

function countCall(calls: GatewayMetrics['calls'], server: string, tool: string, outcome: AuditOutcome): void {
  const key = JSON.stringify([server, tool, outcome]);
  const known = calls.get(key);
  if (known !== undefined) known.count += 1;
  else if (calls.size < MAX_TOOLS || tool === OTHER) calls.set(key, { server, tool, outcome, count: 1 });
  else countCall(calls, server, OTHER, outcome);
}
