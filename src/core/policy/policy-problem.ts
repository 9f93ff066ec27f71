import type { FINDING_LEVELS } from '../finding.ts';
import type { JsonPath } from './json-pointer.ts';

export const POLICY_PROBLEM_CODES = [
  // The file is not valid, so nothing can be decided by it.
  'not-readable',
  'duplicate-key',
  'unknown-key',
  'missing-key',
  'wrong-value',
  'invalid-regex',
  'counter-conflict',
  // It is valid, and does something else than it seems to.
  'default-allow',
  'hidden-rule',
  'hidden-twice',
  'never-fires',
  'never-allowed',
  'shadowed',
  // It does not fit the tools of the server.
  'unknown-tool',
  'unknown-argument',
  'unknown-value',
  'uncounted-argument',
  'no-rule',
] as const;
export type PolicyProblemCode = (typeof POLICY_PROBLEM_CODES)[number];

/** Something about a policy that a person should know. The sentence is whole but for its subject, the path. */
export interface PolicyProblem {
  readonly level: (typeof FINDING_LEVELS)[number];
  readonly code: PolicyProblemCode;
  /** Where in the policy. */
  readonly path: JsonPath;
  /** The tool it is about, where it is about one. */
  readonly tool: string | null;
  readonly message: string;
}

/** The tool in whose rule a place stands. */
export function toolAt([first, second]: JsonPath): string | null {
  return first === 'tools' && typeof second === 'string' ? second : null;
}

/** A problem of the tool in whose rule it stands, unless another is named. */
export function policyProblem(
  level: PolicyProblem['level'],
  code: PolicyProblemCode,
  path: JsonPath,
  message: string,
  tool: string | null = toolAt(path),
): PolicyProblem {
  return { level, code, path, tool, message };
}
