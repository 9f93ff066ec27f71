import { OBSERVED_WINDOWS, type ToolTraffic, type Traffic } from '../../audit/traffic.ts';
import type { Limit, Policy, ToolRule } from '../policy.ts';
import { rateCounter } from './counter.ts';

/**
 * The tightest policy that would have let all of this through: what was called has a rule, with limits at the most that
 * one caller did, rounded up. Values of arguments are never recorded, so that no condition can be suggested; a tool
 * of which a person let every call through stays one that a person is asked about.
 */
export function suggest(traffic: Traffic): Policy {
  const counters = new Set<string>();
  const called = [...traffic].filter(([, { calls }]) => calls > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const rules = called.map(([tool, seen]) => [tool, ruleFor(tool, seen, counters)] as const);
  return { version: '1', default: 'deny', tools: Object.fromEntries(rules) };
}

function ruleFor(tool: string, { most, calls, approved }: ToolTraffic, counters: Set<string>): ToolRule {
  const perDay = roundedUp(most.day);
  // A minute that may hold as much as a day limits nothing.
  const windows = OBSERVED_WINDOWS.filter((window) => window === 'day' || roundedUp(most[window]) < perDay);
  const limits = windows.map((window, at): Limit => {
    const counter = unused(at === 0 ? rateCounter(tool) : `${rateCounter(tool)}_${window}`, counters);
    return { counter, window, max: roundedUp(most[window]), scope: 'grant' };
  });
  return { ...(approved === calls && { require_approval: [{ conditions: [] }] }), limits };
}

/** Two tools whose names differ in what a counter cannot spell must not share one. */
function unused(wanted: string, counters: Set<string>): string {
  let counter = wanted;
  for (let number = 2; counters.has(counter); number += 1) counter = `${wanted}_${number}`;
  counters.add(counter);
  return counter;
}

/** The next of 1, 2, 3, 5, 10, 20, 30, 50, 100 ...: what was seen is a sample. */
export function roundedUp(count: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, count)));
  return ([1, 2, 3, 5, 10].find((step) => step * power >= count) ?? 10) * power;
}
