/** What `check` found: the input of its renderers, and what `--json` prints. No clock and no machine path. */
import { z } from 'zod';
import { FINDING_LEVELS } from '../../finding.ts';
import { problemSchema } from '../../report.ts';
import { POLICY_PROBLEM_CODES } from '../policy-problem.ts';

const countSchema = z.number().int().nonnegative();

const placedProblemSchema = z
  .strictObject({
    level: z.enum(FINDING_LEVELS),
    code: z.enum(POLICY_PROBLEM_CODES).describe('Permanent, kebab-case.'),
    line: z.number().int().positive(),
    column: z.number().int().positive(),
    rule: z.string().describe('Where in the policy, as a JSON pointer; "" is the policy itself.'),
    at: z.string().describe('The same as a person writes it.'),
    tool: z.string().nullable().describe('The tool it is about, where it is about one.'),
    message: z.string().describe('What is wrong there, without its subject.'),
  })
  .describe('Something about a policy that a person should know.');

const checkedPolicySchema = z
  .strictObject({
    file: z.string().describe('As it was named.'),
    server: z
      .strictObject({
        name: z.string(),
        target: z.string().describe('How it was reached, without secrets.'),
        tools: countSchema,
        complete: z.boolean().describe('False where not all of its tools could be seen.'),
      })
      .nullable()
      .describe('What the policy was held against; null: the file alone was checked.'),
    valid: z.boolean().describe('Whether a call can be decided by it.'),
    rules: countSchema.describe('How many tools have a rule.'),
    hidden: countSchema.describe('How many names are hidden.'),
    problems: z.array(placedProblemSchema).describe('In the order of the file.'),
  })
  .describe('One policy file that could be read.');

export const checkReportSchema = z
  .strictObject({
    $schema: z.string().optional(),
    report: z.literal('policylayer/check/1'),
    generator: z.strictObject({ name: z.literal('policylayer'), version: z.string() }),
    policies: z.array(checkedPolicySchema),
    problems: z.array(problemSchema).describe('Files that could not be read and servers that could not be listed.'),
    summary: z.strictObject({
      policies: countSchema,
      errors: countSchema,
      warnings: countSchema,
      notes: countSchema,
      failed: countSchema.describe('How much could not be checked.'),
    }),
  })
  .describe('Whether policies are valid, and fit their servers.');

export type CheckReport = z.infer<typeof checkReportSchema>;
export type CheckedPolicy = z.infer<typeof checkedPolicySchema>;
export type PlacedProblem = z.infer<typeof placedProblemSchema>;

/** The report on all policies that were looked at. */
export function buildCheckReport({
  version,
  policies,
  problems,
}: Pick<CheckReport, 'policies' | 'problems'> & { readonly version: string }): CheckReport {
  const count = (level: PlacedProblem['level']): number =>
    policies.reduce((sum, policy) => sum + policy.problems.filter((problem) => problem.level === level).length, 0);
  return {
    report: 'policylayer/check/1',
    generator: { name: 'policylayer', version },
    policies,
    problems,
    summary: {
      policies: policies.length,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
      failed: problems.length + policies.filter(({ server }) => server?.complete === false).length,
    },
  };
}
