import type { z } from 'zod';
import { issuesAt } from './issues-at.ts';
import type { JsonPath } from './json-pointer.ts';
import { guardSchema, limitSchema, policySchema, toolRuleSchema } from './policy.ts';
import { type PolicyProblem, policyProblem } from './policy-problem.ts';

/** What is wrong with a part of a policy that stands at `at`. */
export function issueProblems(issue: z.core.$ZodIssue, part: unknown, at: JsonPath): PolicyProblem[] {
  return issuesAt(issue, part, (path) => knownKeys([...at, ...path])).map(({ code, path, message }) =>
    policyProblem('error', code, [...at, ...path], message),
  );
}

const CONDITION_KEYS = ['path', 'op', 'value'];

/** The keys an object may have, told by where it stands. */
function knownKeys(path: JsonPath): string[] {
  const rule = path[0] === 'tools' ? path.slice(2) : path[0] === 'all_tools' ? path.slice(1) : null;
  if (rule === null) return Object.keys(policySchema.shape);
  if (rule.length === 0) return Object.keys(toolRuleSchema.shape);
  if (rule[0] === 'limits') return Object.keys(limitSchema.shape);
  return rule.includes('conditions') ? CONDITION_KEYS : Object.keys(guardSchema.shape);
}
