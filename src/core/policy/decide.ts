import type { CompiledPolicy } from './compile-policy.ts';
import { type Moment, reserve, type Used } from './counters.ts';
import { type Call, type Decision, evaluate } from './evaluate.ts';

/** Evaluates a call and, where it is allowed, takes it from the counters; where one is full, the call is denied. */
export function decide(policy: CompiledPolicy, call: Call, used: Used, moment: Moment): Decision {
  const decision = evaluate(policy, call);
  if (decision.outcome !== 'allow') return decision;
  const full = reserve(used, decision.limits, moment);
  if (full === null) return decision;
  return { outcome: 'deny', rule: full.pointer, message: full.message, limits: [], questions: [] };
}
