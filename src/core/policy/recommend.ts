import type { Classification } from '../classification.ts';
import type { Risk, ToolClass } from '../verdict.ts';
import { rateCounter } from './counter.ts';
import type { Policy, ToolRule } from './policy.ts';

/** Calls a minute by class; a raised risk takes the limit of the class it is raised to. */
const LIMIT_PER_MINUTE: Readonly<Partial<Record<ToolClass, number>>> = { Other: 60, Write: 30, Execute: 10 };
const LIMIT_AT_HIGH_RISK = 10;

/** What is recommended for a tool: a rule, hiding it, or, with neither, leaving it denied until a person has looked. */
export interface Recommendation {
  readonly rule: ToolRule | null;
  readonly hidden: boolean;
}

/**
 * The rule for one verdict. `known` is false where the definition gave nothing to go on; a `poisoned` one carries
 * instructions meant for the model alone, and is hidden whatever its class.
 */
export function recommendRule(
  name: string,
  verdict: { readonly class: ToolClass; readonly risk: Risk },
  { known, poisoned }: { readonly known: boolean; readonly poisoned: boolean },
): Recommendation {
  if (poisoned) return { rule: null, hidden: true };
  if (!known) return { rule: null, hidden: false };
  if (verdict.class === 'Financial')
    return { rule: { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] }, hidden: false };
  if (verdict.risk === 'critical') return { rule: null, hidden: true };
  const max = verdict.risk === 'high' ? LIMIT_AT_HIGH_RISK : LIMIT_PER_MINUTE[verdict.class];
  if (max === undefined) return { rule: {}, hidden: false };
  return { rule: { limits: [{ counter: rateCounter(name), window: 'minute', max, scope: 'grant' }] }, hidden: false };
}

/** A default-deny policy of the recommended rules. Names are sorted by code unit, so that a policy under version control has small diffs. */
export function recommend(classifications: readonly Pick<Classification, 'name' | 'rule' | 'hidden'>[]): Policy {
  const byName = new Map(classifications.map((classification) => [classification.name, classification]));
  const hide: string[] = [];
  const rules: [string, ToolRule][] = [];
  for (const name of [...byName.keys()].sort()) {
    const { rule, hidden } = byName.get(name) as Pick<Classification, 'rule' | 'hidden'>;
    if (hidden) hide.push(name);
    if (rule !== null) rules.push([name, rule]);
  }
  return {
    version: '1',
    default: 'deny',
    ...(hide.length > 0 && { hide }),
    // fromEntries defines own properties, so that a tool named `__proto__` is a key like any other.
    tools: Object.fromEntries(rules),
  };
}
