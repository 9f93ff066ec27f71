import type { CompiledGuard, CompiledPolicy, CompiledRule, Reservation } from './compile-policy.ts';
import { otherSpelling } from './other-spelling.ts';

/** A tool call, as the agent sent it; nothing about its arguments is promised. */
export interface Call {
  readonly tool: string;
  readonly args: unknown;
}

/** One rule that wants a person to look at a call. */
export interface Question {
  /** As a JSON pointer into the policy. */
  readonly rule: string;
  /** All that the rule says: what was approved holds for as long as it says the same. */
  readonly text: string;
  /** What the person has to know. */
  readonly message: string;
}

/** What becomes of a call. */
export interface Decision {
  /** `ask`: a person may let it through. */
  readonly outcome: 'allow' | 'deny' | 'ask';
  /** The rule that decided, as a JSON pointer into the policy, or `(hidden)`, `(default deny)`, `(default allow)`. */
  readonly rule: string;
  /** A sentence for the agent. */
  readonly message: string;
  /** To be reserved together before the call goes out: where one is full, the call is denied by that one's pointer. */
  readonly limits: readonly Reservation[];
  /** All that a person is asked about it, where that is the outcome. The first one names the rule and the message. */
  readonly questions: readonly Question[];
}

const NONE: readonly never[] = [];
const NO_ARGUMENTS = {};

/**
 * Decides on one call. Never throws, whatever the call is. What is hidden, what no rule names under default deny, and
 * what a limit could not be counted for is denied.
 */
export function evaluate(policy: CompiledPolicy, { tool, args = NO_ARGUMENTS }: Call): Decision {
  if (policy.hides(tool)) return deny('(hidden)', `There is no tool ${quoted(tool)}.`);
  const listed = policy.rules.get(tool);
  const rule = listed ?? policy.unlisted;
  if (rule === null) return deny('(default deny)', `The policy has no rule for ${quoted(tool)}, so it is denied.`);
  for (const steps of rule.looksAt) {
    const other = otherSpelling(args, steps);
    if (other !== null) return deny(rule.pointer, misspelt(other, steps));
  }
  const stopping = firstStopping(rule, args);
  if (stopping !== null) return deny(stopping.pointer, stopping.message(quoted(tool)));
  const limits: Reservation[] = [];
  for (const reserve of rule.limits) {
    const reservation = reserve(args);
    if ('fault' in reservation) return deny(reservation.pointer, reservation.fault);
    limits.push(reservation);
  }
  const questions = rule.approvals.flatMap(({ holds, pointer, text, message }): Question[] =>
    holds(args) ? [{ rule: pointer, text, message: message(quoted(tool)) }] : [],
  );
  const [first] = questions;
  if (first !== undefined) return { outcome: 'ask', rule: first.rule, message: first.message, limits, questions };
  return { outcome: 'allow', rule: rule.pointer, message: 'The policy allows this call.', limits, questions };
}

function firstStopping({ requires, denials }: CompiledRule, args: unknown): CompiledGuard | null {
  return requires.find(({ holds }) => !holds(args)) ?? denials.find(({ holds }) => holds(args)) ?? null;
}

function misspelt(key: string, steps: readonly string[]): string {
  return `The policy has conditions on the argument ${steps.join('.')}, and ${quoted(key)} could be taken for it: spell it exactly.`;
}

function deny(rule: string, message: string): Decision {
  return { outcome: 'deny', rule, message, limits: NONE, questions: NONE };
}

const MAX_NAME_CHARS = 200;

/** The name comes from the agent, and goes back to it. */
const quoted = (tool: string): string => JSON.stringify(tool.slice(0, MAX_NAME_CHARS));
