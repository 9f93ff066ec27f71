import type { CompiledPolicy } from './compile-policy.ts';
import { type Used, WINDOW_MS } from './counters.ts';
import { decide } from './decide.ts';
import type { Decision } from './evaluate.ts';
import type { PolicyCase } from './policy-cases.ts';

export interface CaseResult {
  /** Counts from 1. */
  readonly number: number;
  readonly tool: string;
  readonly passed: boolean;
  readonly expected: Pick<PolicyCase, 'rule' | 'message'> & { readonly outcome: PolicyCase['expect'] };
  /** What became of the first call that was not as expected, else of the last. */
  readonly got: Pick<Decision, 'outcome' | 'rule' | 'message'>;
  /** Which call of the case that was, and of how many. */
  readonly call: number;
  readonly calls: number;
}

/** Makes the calls in their order, with counters that start at zero and a clock that moves only where a case waits. */
export function runCases(policy: CompiledPolicy, cases: readonly PolicyCase[]): CaseResult[] {
  const used: Used = new Map();
  let now = 0;
  return cases.map((each, at) => {
    if (each.wait !== undefined) now += WINDOW_MS[each.wait];
    const { tool, args, expect: outcome, rule, message, repeat = 1, caller = '' } = each;
    let call = 0;
    let got: Decision;
    do {
      call += 1;
      got = decide(policy, { tool, args }, used, { caller, now });
    } while (isExpected(got, each) && call < repeat);
    return {
      number: at + 1,
      tool,
      passed: isExpected(got, each),
      expected: { outcome, ...(rule !== undefined && { rule }), ...(message !== undefined && { message }) },
      got: { outcome: got.outcome, rule: got.rule, message: got.message },
      call,
      calls: repeat,
    };
  });
}

function isExpected(got: Decision, { expect, rule, message }: PolicyCase): boolean {
  return got.outcome === expect && got.rule === (rule ?? got.rule) && got.message === (message ?? got.message);
}
