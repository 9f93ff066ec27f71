/** The parts of a rule with their places. */
import type { JsonPath } from './json-pointer.ts';
import type { Condition, Guard, Limit, Policy, ToolRule } from './policy.ts';

export const GUARD_KEYS = ['require', 'deny_if', 'require_approval'] as const;
export type GuardKey = (typeof GUARD_KEYS)[number];

export interface RuleAt {
  readonly path: JsonPath;
  readonly rule: ToolRule;
}

export interface GuardAt {
  readonly path: JsonPath;
  readonly key: GuardKey;
  readonly guard: Guard;
}

export function rulesOf({ all_tools, tools }: Policy): RuleAt[] {
  return [
    ...(all_tools === undefined ? [] : [{ path: ['all_tools'], rule: all_tools }]),
    ...Object.entries(tools).map(([tool, rule]) => ({ path: ['tools', tool], rule })),
  ];
}

/** In the order in which they decide. */
export function guardsOf({ path, rule }: RuleAt): GuardAt[] {
  return GUARD_KEYS.flatMap((key) => (rule[key] ?? []).map((guard, at) => ({ path: [...path, key, at], key, guard })));
}

export function conditionsOf({
  path,
  guard,
}: Pick<GuardAt, 'path' | 'guard'>): { path: JsonPath; condition: Condition }[] {
  return guard.conditions.map((condition, at) => ({ path: [...path, 'conditions', at], condition }));
}

export function limitsOf({ path, rule }: RuleAt): { path: JsonPath; limit: Limit }[] {
  return (rule.limits ?? []).map((limit, at) => ({ path: [...path, 'limits', at], limit }));
}
