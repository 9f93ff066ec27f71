import { z } from 'zod';
import { isObject } from '../tool.ts';
import type { RegexCompiler } from './condition.ts';
import { counterConflicts } from './counter-conflicts.ts';
import { issueProblems } from './issue-problems.ts';
import type { JsonPath } from './json-pointer.ts';
import { type Policy, policySchema, type ToolRule, toolRuleSchema } from './policy.ts';
import { type PolicyProblem, toolAt } from './policy-problem.ts';
import { patternsOf, type RuleAt } from './rule-parts.ts';
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
  const rules = rulesIn(value).map(({ path, raw }) => ({ path, raw, parsed: toolRuleSchema.safeParse(raw) }));
  const sound: RuleAt[] = [];
  for (const { path, raw, parsed } of rules) {
    if (parsed.success) sound.push({ path, rule: parsed.data });
    else problems.push(...parsed.error.issues.flatMap((issue) => issueProblems(issue, raw, path)));
  }
  problems.push(...patternProblems(sound, regex), ...counterConflicts(sound));
  if (!frame.success || problems.length > 0) return refused(problems);
  const { all_tools: _, ...rest } = frame.data;
  return { policy: { ...rest, ...policyRules(sound) }, problems: [] };
}

const refused = (problems: readonly PolicyProblem[]): ParsedPolicy => ({ policy: null, problems });

/** Each rule is parsed by itself, since a record of the schema would pass over a tool named `__proto__`. */
function rulesIn(value: unknown): { path: JsonPath; raw: unknown }[] {
  if (!isObject(value)) return [];
  const { all_tools: forAll, tools } = value;
  return [
    ...(forAll === undefined ? [] : [{ path: ['all_tools'], raw: forAll }]),
    ...(isObject(tools) ? Object.entries(tools).map(([tool, raw]) => ({ path: ['tools', tool], raw })) : []),
  ];
}

function policyRules(sound: readonly RuleAt[]): Pick<Policy, 'all_tools' | 'tools'> {
  const forAll = sound.find(({ path }) => path[0] === 'all_tools')?.rule;
  const tools = sound.flatMap(({ path, rule }): [string, ToolRule][] => {
    const tool = toolAt(path);
    return tool === null ? [] : [[tool, rule]];
  });
  return { ...(forAll !== undefined && { all_tools: forAll }), tools: Object.fromEntries(tools) };
}

function patternProblems(rules: readonly RuleAt[], regex: RegexCompiler): PolicyProblem[] {
  return rules.flatMap(patternsOf).flatMap(({ path, pattern }) => {
    try {
      regex(pattern);
      return [];
    } catch (error) {
      const because = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
      const message = `${quoted(pattern)} cannot be used: ${because} (RE2 syntax, which runs in linear time and knows no look-around and no back-references)`;
      return [{ level: 'error', code: 'invalid-regex', path, tool: toolAt(path), message } as const];
    }
  });
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

const tooDeep = (): PolicyProblem => ({
  level: 'error',
  code: 'not-readable',
  path: [],
  tool: null,
  message: `is nested deeper than ${MAX_DEPTH} levels`,
});
