/** Upper bounds in seconds: from what the gateway may add to a call, to the longest that anybody waits. */
export const BOUNDS: readonly number[] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

export interface Histogram {
  /** How many were up to each bound and above the one before; the last counts those beyond all bounds. */
  readonly counts: number[];
  sum: number;
}

export function newHistogram(): Histogram {
  return { counts: [...BOUNDS, Number.POSITIVE_INFINITY].map(() => 0), sum: 0 };
}

export function observe(histogram: Histogram, seconds: number): void {
  const at = BOUNDS.findIndex((bound) => seconds <= bound);
  const bucket = at < 0 ? BOUNDS.length : at;
  histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
  histogram.sum += seconds;
}
