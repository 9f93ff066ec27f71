import type { Classification } from '../../classification.ts';
import { CLASS_TABLE, type Risk, type ToolClass } from '../../verdict.ts';
import type { Guard, Policy, ToolRule } from '../policy.ts';
import { rateCounter } from './counter.ts';

/** Calls a minute by class; a raised risk takes the limit of the class it is raised to. */
const LIMIT_PER_MINUTE: Readonly<Partial<Record<ToolClass, number>>> = { Other: 60, Write: 30, Execute: 10 };
const LIMIT_AT_HIGH_RISK = 10;

/** What is recommended for a tool: a rule, hiding it, or, with neither, leaving it denied until a person has looked. */
export interface Recommendation {
  readonly rule: ToolRule | null;
  readonly hidden: boolean;
}

/** What the recommendation needs to know of a tool besides its verdict. */
export interface Circumstances {
  /** False where the definition gave nothing to go on. */
  readonly known: boolean;
  /** The definition carries instructions meant for the model alone: the tool is hidden whatever its class. */
  readonly poisoned: boolean;
  /** Where a critical tool is dangerous through some values of one argument alone. */
  readonly split?: { readonly path: string; readonly harmless: readonly string[]; readonly rest: ToolClass } | null;
}

/** The rule for one verdict. */
export function recommendRule(
  name: string,
  verdict: { readonly class: ToolClass; readonly risk: Risk },
  { known, poisoned, split = null }: Circumstances,
): Recommendation {
  if (poisoned) return { rule: null, hidden: true };
  if (!known) return { rule: null, hidden: false };
  if (split !== null) {
    const { path, harmless, rest } = split;
    return {
      rule: { deny_if: [denyOthers(path, harmless)], ...limits(name, rest, CLASS_TABLE[rest].risk) },
      hidden: false,
    };
  }
  if (verdict.class === 'Financial')
    return { rule: { deny_if: [{ conditions: [], on_deny: 'Requires human approval.' }] }, hidden: false };
  if (verdict.risk === 'critical') return { rule: null, hidden: true };
  return { rule: limits(name, verdict.class, verdict.risk), hidden: false };
}

/** Names what is allowed, so that a missing, a new or an oddly written value is denied with the dangerous ones. */
function denyOthers(path: string, harmless: readonly string[]): Guard {
  const argument = path.replace(/^args\./, '');
  return {
    conditions: [{ path, op: 'not_in', value: [...harmless] }],
    on_deny: `Allowed with ${argument} ${harmless.join(', ')} only.`,
  };
}

function limits(name: string, toolClass: ToolClass, risk: Risk): ToolRule {
  const max = risk === 'high' ? LIMIT_AT_HIGH_RISK : LIMIT_PER_MINUTE[toolClass];
  return max === undefined ? {} : { limits: [{ counter: rateCounter(name), window: 'minute', max, scope: 'grant' }] };
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
