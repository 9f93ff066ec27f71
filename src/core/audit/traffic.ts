/** What was called, and how often at most: kept small however long the audit log is. */
import { WINDOW_MS } from '../policy/counters.ts';
import type { AuditEntry } from './audit-entry.ts';

/** The windows that limits are suggested for. */
export const OBSERVED_WINDOWS = ['minute', 'day'] as const;
export type ObservedWindow = (typeof OBSERVED_WINDOWS)[number];

export interface ToolTraffic {
  /** Calls that went through, those that a policy would have denied included. */
  calls: number;
  /** Of these, how many a person let through. */
  approved: number;
  /** Calls that were denied, and did not go through. */
  denied: number;
  readonly argumentKeys: Set<string>;
  /** The most that one caller did in one window. */
  readonly most: Record<ObservedWindow, number>;
  /** By caller: the window that runs, and its calls. */
  readonly running: Map<string, Record<ObservedWindow, { number: number; calls: number }>>;
}

export type Traffic = Map<string, ToolTraffic>;

const MAX_KEYS = 50;

/** Entries come in the order of the log. What ended a call is no call. */
export function addToTraffic(traffic: Traffic, entry: AuditEntry): void {
  const { tool, outcome, grant, at, argumentKeys } = entry;
  if (!(DECISIONS as ReadonlySet<string>).has(outcome)) return;
  const seen = traffic.get(tool) ?? newToolTraffic();
  traffic.set(tool, seen);
  if (outcome === 'denied') {
    seen.denied += 1;
    return;
  }
  seen.calls += 1;
  if (outcome === 'approved') seen.approved += 1;
  for (const key of argumentKeys) if (seen.argumentKeys.size < MAX_KEYS) seen.argumentKeys.add(key);
  const running = seen.running.get(grant) ?? { minute: { number: -1, calls: 0 }, day: { number: -1, calls: 0 } };
  seen.running.set(grant, running);
  for (const window of OBSERVED_WINDOWS) {
    const number = Math.floor(at / WINDOW_MS[window]);
    const { number: before, calls } = running[window];
    // Several processes write one log: an entry may be a moment older than the one before it, and belongs to that window.
    running[window] = number > before ? { number, calls: 1 } : { number: before, calls: calls + 1 };
    seen.most[window] = Math.max(seen.most[window], running[window].calls);
  }
}

const DECISIONS = new Set(['allowed', 'approved', 'denied', 'would-deny', 'unchecked']);

function newToolTraffic(): ToolTraffic {
  const most = { minute: 0, day: 0 };
  return { calls: 0, approved: 0, denied: 0, argumentKeys: new Set(), most, running: new Map() };
}
