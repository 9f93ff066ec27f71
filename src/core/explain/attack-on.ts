import type { Classification } from '../classification.ts';
import { pathOfSteps } from '../policy/call-path.ts';
import type { Guard, ToolRule } from '../policy/policy.ts';
import { rateCounter } from '../policy/recommend/counter.ts';
import { ARGUMENT_PATH } from './argument-path.ts';
import { isRecommended } from './beside-recommended.ts';
import type { Attack } from './explanation.ts';
import type { FittingPattern } from './fitting-patterns.ts';
import { OWASP_MCP_TITLES } from './owasp.ts';

/** A pattern said of one tool: its rule carries the tool's own name, counter and argument. */
export function attackOn(
  { name: tool, ...recommended }: Pick<Classification, 'name' | 'rule' | 'hidden'>,
  { pattern, argument }: FittingPattern,
): Attack {
  const { id, title, happens, owasp, stop, sources } = pattern;
  return {
    id,
    title,
    happens,
    owasp: { id: owasp, title: OWASP_MCP_TITLES[owasp] },
    stop: {
      says: stop.says,
      recommended: isRecommended(stop, recommended),
      policy:
        stop.rule === undefined
          ? { hide: [tool] }
          : // fromEntries defines own properties, so that a tool named `__proto__` is a key like any other.
            { tools: Object.fromEntries([[tool, ruleFor(tool, argument ?? [], stop.rule)]]) },
    },
    sources,
  };
}

function ruleFor(tool: string, argument: readonly string[], rule: ToolRule): ToolRule {
  const path = (template: string): string => template.replace(ARGUMENT_PATH, () => pathOfSteps(argument));
  const named = (guards: readonly Guard[]): Guard[] =>
    guards.map((guard) => ({
      ...guard,
      conditions: guard.conditions.map((condition) => ({ ...condition, path: path(condition.path) })),
    }));
  const { require, deny_if, require_approval, limits } = rule;
  return {
    ...(require !== undefined && { require: named(require) }),
    ...(deny_if !== undefined && { deny_if: named(deny_if) }),
    ...(require_approval !== undefined && { require_approval: named(require_approval) }),
    ...(limits !== undefined && {
      limits: limits.map(({ increment_from, ...limit }) => ({
        ...limit,
        counter: increment_from === undefined ? rateCounter(tool) : rateCounter(tool).replace(/_rate$/, '_sum'),
        ...(increment_from !== undefined && { increment_from: path(increment_from) }),
      })),
    }),
  };
}
