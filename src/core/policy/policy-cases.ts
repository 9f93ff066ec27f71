/** Cases that say what a policy has to do with calls: a test of the policy, kept beside it. */
import { z } from 'zod';
import { type IssueAt, issuesAt } from './issues-at.ts';
import { WINDOWS } from './policy.ts';

const MAX_REPEAT = 100_000;

const caseSchema = z.strictObject({
  tool: z.string(),
  args: z.record(z.string(), z.unknown()).optional(),
  expect: z.enum(['allow', 'deny', 'ask']),
  /** The rule that has to decide, where that matters. */
  rule: z.string().optional(),
  /** What the agent has to be told, where that matters. */
  message: z.string().optional(),
  /** How often the call is made; each time the same is expected. */
  repeat: z.number().int().min(1).max(MAX_REPEAT).optional(),
  /** Who calls: counters of the scope `grant` are each caller's own. */
  caller: z.string().optional(),
  /** First lets the window pass, so that its counters start anew. */
  wait: z.enum(WINDOWS).optional(),
});
const casesSchema = z.array(caseSchema).min(1);

export type PolicyCase = z.infer<typeof caseSchema>;

export type ParsedCases = { readonly cases: readonly PolicyCase[] } | { readonly problems: readonly IssueAt[] };

/** The cases, or everything that is wrong with them. */
export function parseCases(value: unknown): ParsedCases {
  const parsed = casesSchema.safeParse(value);
  if (!parsed.success)
    return {
      problems: parsed.error.issues.flatMap((issue) => issuesAt(issue, value, () => Object.keys(caseSchema.shape))),
    };
  // A record of the schema passes over an argument named `__proto__`, which a policy does not.
  const raw = value as readonly PolicyCase[];
  return { cases: parsed.data.map((each, at) => ({ ...each, args: raw[at]?.args ?? {} })) };
}
