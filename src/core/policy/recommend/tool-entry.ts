import type { Risk } from '../../verdict.ts';
import type { Guard, Policy, ToolRule } from '../policy.ts';
import { rateCounter } from './counter.ts';

/** What a policy says about one tool: a rule, that it is hidden, or, with neither, nothing. */
export interface ToolEntry {
  readonly rule: ToolRule | null;
  readonly hidden: boolean;
}

/** What a person may decide about a tool, the most open first. */
export const TREATMENTS = ['allow', 'limit', 'ask', 'deny', 'hide'] as const;
export type Treatment = (typeof TREATMENTS)[number];

const LIMIT_PER_MINUTE: Readonly<Record<Risk, number>> = { low: 60, medium: 30, high: 10, critical: 10 };

const ALWAYS: Guard = { conditions: [] };
const ASK: ToolRule = { require_approval: [{ ...ALWAYS, on_deny: 'Requires human approval.' }] };
const NEVER: ToolRule = { deny_if: [ALWAYS] };

/** The tool as far as its entry depends on it. */
interface EntryOf {
  readonly name: string;
  readonly risk: Risk;
  /** What is recommended: its limits are taken where it has some. */
  readonly rule: ToolRule | null;
}

/** The entry that treats a tool so. */
export function entryFor(treatment: Treatment, { name, risk, rule }: EntryOf): ToolEntry {
  if (treatment === 'hide') return { rule: null, hidden: true };
  if (treatment === 'deny') return { rule: null, hidden: false };
  if (treatment === 'ask') return { rule: ASK, hidden: false };
  if (treatment === 'allow') return { rule: {}, hidden: false };
  const limits = rule?.limits ?? [
    { counter: rateCounter(name), window: 'minute', max: LIMIT_PER_MINUTE[risk], scope: 'grant' },
  ];
  return { rule: { limits }, hidden: false };
}

/** How an entry treats its tool; null where it depends on the arguments. */
export function treatmentOf({ rule, hidden }: ToolEntry): Treatment | null {
  if (hidden) return 'hide';
  if (rule === null || rule.deny_if?.some(isAlways)) return 'deny';
  const { require = [], deny_if = [], require_approval = [], limits = [] } = rule;
  if (require.length + deny_if.length > 0 || require_approval.some((guard) => !isAlways(guard))) return null;
  if (require_approval.length > 0) return 'ask';
  return limits.length > 0 ? 'limit' : 'allow';
}

const isAlways = ({ conditions }: Guard): boolean => conditions.length === 0;

/** What a policy says about a tool now. Where it allows by default, saying nothing allows. */
export function entryIn({ default: otherwise, hide = [], tools }: Policy, name: string): ToolEntry {
  if (hide.includes(name) || hide.includes('*')) return { rule: null, hidden: true };
  const rule = Object.hasOwn(tools, name) ? (tools[name] as ToolRule) : null;
  return { rule: rule ?? (otherwise === 'allow' ? {} : null), hidden: false };
}

/** Whether a policy says anything about a tool by its name. */
export function mentions({ hide = [], tools }: Policy, name: string): boolean {
  return hide.includes(name) || hide.includes('*') || Object.hasOwn(tools, name);
}

/** The rule that has to be written for an entry: where a policy allows by default, silence would not deny. */
export function writtenRule({ rule, hidden }: ToolEntry, { default: otherwise }: Policy): ToolRule | null {
  return rule === null && !hidden && otherwise === 'allow' ? NEVER : rule;
}

/** Whether two entries say the same, whatever the order in which their parts were written. */
export function isSameEntry(one: ToolEntry, other: ToolEntry): boolean {
  return one.hidden === other.hidden && inOrder(one.rule) === inOrder(other.rule);
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Conditions stand between asking and a limit. Of two that are alike the first. */
export function stricterEntry(one: ToolEntry, other: ToolEntry): ToolEntry {
  return strictness(other) > strictness(one) ? other : one;
}

function strictness(entry: ToolEntry): number {
  const treatment = treatmentOf(entry);
  return treatment === null ? TREATMENTS.indexOf('limit') + 0.5 : TREATMENTS.indexOf(treatment);
}
