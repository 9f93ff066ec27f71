/** A policy made ready for many decisions: paths split, patterns compiled, what holds for all tools joined to each. */
import { MISSING, stepsOf, valueAt } from './call-path.ts';
import { compileCondition, type RegexCompiler, type Test } from './condition.ts';
import { whenWords } from './condition-words.ts';
import { type JsonPath, jsonPointer } from './json-pointer.ts';
import type { Guard, Limit, Policy, ToolRule } from './policy.ts';

export interface CompiledPolicy {
  /** Whether a tool is gone from `tools/list`, and denied. */
  readonly hides: (tool: string) => boolean;
  /** Whether it hides anything at all. */
  readonly hidesSome: boolean;
  readonly rules: ReadonlyMap<string, CompiledRule>;
  /** What holds for a tool without a rule; null: it is denied. */
  readonly unlisted: CompiledRule | null;
}

export interface CompiledRule {
  readonly pointer: string;
  readonly requires: readonly CompiledGuard[];
  readonly denials: readonly CompiledGuard[];
  readonly approvals: readonly CompiledGuard[];
  readonly limits: readonly ((args: unknown) => Reservation | UncountableCall)[];
  /** The steps to every argument that it looks at. */
  readonly looksAt: readonly (readonly string[])[];
}

export interface CompiledGuard {
  readonly pointer: string;
  /** All that it says, so that it can be told from another that stands in its place later. */
  readonly text: string;
  readonly holds: Test;
  /** What the agent is told of a call that is stopped; `tool` is its name in quotes. */
  readonly message: (tool: string) => string;
}

/** What one call takes from one counter. */
export interface Reservation extends Pick<Limit, 'counter' | 'window' | 'max' | 'scope'> {
  readonly amount: number;
  readonly pointer: string;
  /** What the agent is told where the counter is full. */
  readonly message: string;
}

/** A call whose amount is no number, or a negative one, which would give back what others have used. */
export interface UncountableCall {
  readonly pointer: string;
  readonly fault: string;
}

/** Throws where a pattern cannot be compiled: a policy is parsed first. */
export function compilePolicy(policy: Policy, { regex }: { readonly regex: RegexCompiler }): CompiledPolicy {
  const hidden = new Set(policy.hide);
  const hidesAll = hidden.has('*');
  const forAll = compileRule(policy.all_tools ?? {}, ['all_tools'], regex);
  const rules = Object.entries(policy.tools).map(
    ([tool, rule]) => [tool, joined(forAll, compileRule(rule, ['tools', tool], regex))] as const,
  );
  return {
    hides: (tool) => hidesAll || hidden.has(tool),
    hidesSome: hidden.size > 0,
    rules: new Map(rules),
    unlisted: policy.default === 'allow' ? { ...forAll, pointer: '(default allow)' } : null,
  };
}

function joined(forAll: CompiledRule, own: CompiledRule): CompiledRule {
  return {
    pointer: own.pointer,
    requires: [...forAll.requires, ...own.requires],
    denials: [...forAll.denials, ...own.denials],
    approvals: [...forAll.approvals, ...own.approvals],
    limits: [...forAll.limits, ...own.limits],
    looksAt: [...forAll.looksAt, ...own.looksAt],
  };
}

function compileRule(rule: ToolRule, path: JsonPath, regex: RegexCompiler): CompiledRule {
  const guards = (key: GuardKey): CompiledGuard[] =>
    (rule[key] ?? []).map((guard, at) => compileGuard(key, guard, [...path, key, at], regex));
  return {
    pointer: jsonPointer(path),
    requires: guards('require'),
    denials: guards('deny_if'),
    approvals: guards('require_approval'),
    limits: (rule.limits ?? []).map((limit, at) => compileLimit(limit, jsonPointer([...path, 'limits', at]))),
    looksAt: pathsIn(rule),
  };
}

function pathsIn({ require = [], deny_if = [], require_approval = [], limits = [] }: ToolRule): (readonly string[])[] {
  const conditions = [...require, ...deny_if, ...require_approval].flatMap((guard) => guard.conditions);
  const summed = limits.flatMap(({ increment_from }) => (increment_from === undefined ? [] : [increment_from]));
  const paths = new Set([...conditions.map(({ path }) => path), ...summed]);
  return [...paths].map(stepsOf).filter((steps) => steps.length > 0);
}

type GuardKey = 'require' | 'deny_if' | 'require_approval';

function compileGuard(key: GuardKey, guard: Guard, path: JsonPath, regex: RegexCompiler): CompiledGuard {
  const tests = guard.conditions.map((condition) => compileCondition(condition, regex));
  return {
    pointer: jsonPointer(path),
    text: JSON.stringify(guard),
    holds: (args) => tests.every((test) => test(args)),
    message: guard.on_deny === undefined ? defaultMessage(key, guard) : () => guard.on_deny as string,
  };
}

function defaultMessage(key: GuardKey, guard: Guard): CompiledGuard['message'] {
  const when = whenWords(guard);
  if (key === 'require') return (tool) => `The policy allows ${tool} only when ${when}.`;
  const condition = when === '' ? '' : ` when ${when}`;
  if (key === 'deny_if') return (tool) => `The policy denies ${tool}${condition}.`;
  return (tool) => `A person has to approve ${tool}${condition}.`;
}

function compileLimit(limit: Limit, pointer: string): CompiledRule['limits'][number] {
  const { counter, window, max, scope, increment_from } = limit;
  const each = window === 'hour' ? 'an hour' : `a ${window}`;
  if (increment_from === undefined) {
    const message = `The policy allows ${max} ${max === 1 ? 'call' : 'calls'} ${each} (UTC), and they are used up.`;
    const reservation: Reservation = { counter, window, max, scope, amount: 1, pointer, message };
    return () => reservation;
  }
  const steps = stepsOf(increment_from);
  const message = `The policy allows ${max} ${each} (UTC), added up from ${increment_from}; this call would go beyond.`;
  const fault = `The policy adds up ${increment_from}, so it has to be given as a number that is not negative.`;
  return (args) => {
    const found = valueAt(args, steps);
    const amount = found === MISSING ? undefined : found.value;
    const isCountable = typeof amount === 'number' && amount >= 0 && Number.isFinite(amount);
    return isCountable ? { counter, window, max, scope, amount, pointer, message } : { pointer, fault };
  };
}
