import type { Explanation } from '../../core/explain/explanation.ts';

export interface ExplanationOptions {
  readonly color: boolean;
  /** The width of the terminal; null where there is none. */
  readonly columns: number | null;
}

/** An explanation as text in one format, ending in a line break. */
export type ExplanationRenderer = (explanation: Explanation, options: ExplanationOptions) => string;

/** More of them are read by nobody; JSON has all. */
export const MAX_SHOWN_ATTACKS = 5;
