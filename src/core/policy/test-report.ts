/** What `policylayer test --json` prints. No clock and no machine path. */
import { z } from 'zod';
import type { Decision } from './evaluate.ts';
import { SCOPES, WINDOWS } from './policy.ts';
import type { CaseResult } from './run-cases.ts';

const outcomeSchema = z.enum(['allow', 'deny', 'ask']).describe('"ask": a person may let the call through.');
const ruleSchema = z
  .string()
  .describe('The rule that decided, as a JSON pointer, or "(hidden)", "(default deny)", "(default allow)".');
const messageSchema = z.string().describe('What the agent is told.');

const limitSchema = z
  .strictObject({
    counter: z.string(),
    window: z.enum(WINDOWS),
    max: z.number(),
    scope: z
      .enum(SCOPES)
      .describe('Whose counter it is: "grant", each caller\'s own; "server", all callers\' together.'),
    amount: z.number().describe('How much the call takes of it.'),
    pointer: z.string().describe('The limit in the policy, as a JSON pointer.'),
    message: z.string().describe('What the agent is told where the counter is full.'),
  })
  .describe('A counter that the call takes from.');

const decisionReportSchema = z
  .strictObject({
    report: z.literal('policylayer/decision/1'),
    tool: z.string(),
    outcome: outcomeSchema,
    rule: ruleSchema,
    message: messageSchema,
    limits: z.array(limitSchema),
  })
  .describe('What becomes of one call.');

const caseResultSchema = z
  .strictObject({
    number: z.number().int().positive(),
    tool: z.string(),
    passed: z.boolean(),
    expected: z.strictObject({
      outcome: outcomeSchema,
      rule: ruleSchema.optional(),
      message: messageSchema.optional(),
    }),
    got: z
      .strictObject({ outcome: outcomeSchema, rule: ruleSchema, message: messageSchema })
      .describe('What became of the first call that was not as expected, else of the last.'),
    call: z.number().int().positive().describe('Which call of the case that was.'),
    calls: z.number().int().positive().describe('How many calls the case makes.'),
    line: z.number().int().positive().describe('Where the case stands in its file.'),
  })
  .describe('One case, and whether the policy does what it expects.');

const casesReportSchema = z
  .strictObject({
    report: z.literal('policylayer/cases/1'),
    cases: z.array(caseResultSchema),
    summary: z.strictObject({ passed: z.number().int().nonnegative(), failed: z.number().int().nonnegative() }),
  })
  .describe('What became of a file of cases.');

export const testReportSchema = z.union([decisionReportSchema, casesReportSchema]);

export function buildDecisionReport(
  tool: string,
  { outcome, rule, message, limits }: Decision,
): z.infer<typeof decisionReportSchema> {
  return { report: 'policylayer/decision/1', tool, outcome, rule, message, limits: [...limits] };
}

/** Each result with the line of its case. */
export function buildCasesReport(
  results: readonly (CaseResult & { readonly line: number })[],
): z.infer<typeof casesReportSchema> {
  const failed = results.filter(({ passed }) => !passed).length;
  return { report: 'policylayer/cases/1', cases: [...results], summary: { passed: results.length - failed, failed } };
}
