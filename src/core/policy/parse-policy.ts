import { z } from 'zod';
import { isObject } from '../tool.ts';
import type { RegexCompiler } from './condition.ts';
import { counterConflicts, type LimitAt } from './counter-conflicts.ts';
import { issueProblems } from './issue-problems.ts';
import type { JsonPath } from './json-pointer.ts';
import { limitSchema, type Policy, policySchema, type ToolRule, toolRuleSchema } from './policy.ts';
import { type PolicyProblem, policyProblem, toolAt } from './policy-problem.ts';
import { GUARD_KEYS, type RuleAt } from './rule-parts.ts';
import { quoted } from './shown-value.ts';

/** A policy, or everything that is wrong with it. */
export type ParsedPolicy =
  | { readonly policy: Policy; readonly problems: readonly [] }
  | { readonly policy: null; readonly problems: readonly PolicyProblem[] };

/** A schema walks down by calling itself, and no policy needs half of this. */
const MAX_DEPTH = 64;

const frameSchema = policySchema.extend({
  all_tools: z.unknown().optional(),
  tools: z.record(z.string(), z.unknown()),
});

/** Reads a policy from a value of JSON. One that is wrong anywhere is refused whole, with all that is wrong. */
export function parsePolicy(value: unknown, { regex }: { readonly regex: RegexCompiler }): ParsedPolicy {
  if (isDeep(value)) return refused([tooDeep()]);
  const frame = frameSchema.safeParse(value);
  const problems = frame.success ? [] : frame.error.issues.flatMap((issue) => issueProblems(issue, value, []));
  const raw = rawRulesIn(value);
  const rules: RuleAt[] = [];
  for (const { path, rule } of raw) {
    const parsed = toolRuleSchema.safeParse(rule);
    if (parsed.success) rules.push({ path, rule: parsed.data });
    else problems.push(...parsed.error.issues.flatMap((issue) => issueProblems(issue, rule, path)));
  }
  problems.push(...raw.flatMap((each) => patternProblems(each, regex)), ...counterConflicts(raw.flatMap(soundLimits)));
  if (!frame.success || problems.length > 0) return refused(problems);
  const { all_tools: _, ...rest } = frame.data;
  return { policy: { ...rest, ...policyRules(rules) }, problems: [] };
}

const refused = (problems: readonly PolicyProblem[]): ParsedPolicy => ({ policy: null, problems });

interface RawRule {
  readonly path: JsonPath;
  readonly rule: unknown;
}

/** Each rule is parsed by itself, since a record of the schema would pass over a tool named `__proto__`. */
function rawRulesIn(value: unknown): RawRule[] {
  if (!isObject(value)) return [];
  const { all_tools: forAll, tools } = value;
  return [
    ...(forAll === undefined ? [] : [{ path: ['all_tools'], rule: forAll }]),
    ...(isObject(tools) ? Object.entries(tools).map(([tool, rule]) => ({ path: ['tools', tool], rule })) : []),
  ];
}

/** The limits that are sound in themselves, whatever else is wrong with the rule. */
function soundLimits({ path, rule }: RawRule): LimitAt[] {
  return membersOf(rule, 'limits').flatMap((raw, at) => {
    const parsed = limitSchema.safeParse(raw);
    return parsed.success ? [{ path: [...path, 'limits', at], limit: parsed.data }] : [];
  });
}

const membersOf = (holder: unknown, key: string): readonly unknown[] => {
  const members = isObject(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
  return Array.isArray(members) ? members : [];
};

function policyRules(rules: readonly RuleAt[]): Pick<Policy, 'all_tools' | 'tools'> {
  const forAll = rules.find(({ path }) => path[0] === 'all_tools')?.rule;
  const tools = rules.flatMap(({ path, rule }): [string, ToolRule][] => {
    const tool = toolAt(path);
    return tool === null ? [] : [[tool, rule]];
  });
  return { ...(forAll !== undefined && { all_tools: forAll }), tools: Object.fromEntries(tools) };
}

function patternProblems({ path, rule }: RawRule, regex: RegexCompiler): PolicyProblem[] {
  const conditions = GUARD_KEYS.flatMap((key) =>
    membersOf(rule, key).flatMap((guard, at) =>
      membersOf(guard, 'conditions').map((condition, number) => ({
        condition,
        path: [...path, key, at, 'conditions', number, 'value'],
      })),
    ),
  );
  return conditions.flatMap(({ condition, path: at }) => {
    if (!isObject(condition) || condition.op !== 'regex' || typeof condition.value !== 'string') return [];
    const because = patternFault(condition.value, regex);
    if (because === null) return [];
    const message = `${quoted(condition.value)} cannot be used: ${because} (RE2 syntax, which runs in linear time and knows no look-around and no back-references)`;
    return [policyProblem('error', 'invalid-regex', at, message)];
  });
}

function patternFault(pattern: string, regex: RegexCompiler): string | null {
  try {
    regex(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
  }
}

/** Level by level, so that depth costs no stack. */
function isDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth += 1) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}

const tooDeep = (): PolicyProblem =>
  policyProblem('error', 'not-readable', [], `is nested deeper than ${MAX_DEPTH} levels`);
