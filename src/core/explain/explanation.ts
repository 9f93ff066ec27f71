/**
 * Everything about one tool: the only input of a renderer of `explain`, and what `explain --json` prints. Like a report
 * it holds no clock and no machine path.
 */
import { z } from 'zod';
import { classificationSchema, evidenceSchema } from '../classification.ts';
import { findingSchema } from '../finding.ts';
import { policySchema } from '../policy/policy.ts';
import { reportSchema, serverReportSchema } from '../report.ts';
import { CLASSES } from '../verdict.ts';
import { sourceSchema } from './attack-pattern.ts';
import { OWASP_IDS } from './owasp.ts';
import { QUESTION_IDS } from './questions.ts';

const passageSchema = z
  .strictObject({
    field: z.string().describe('Where it stands: name, description, inputSchema.properties.action.enum ...'),
    parts: z
      .array(z.strictObject({ text: z.string(), marked: z.boolean().describe('Evidence quotes these words.') }))
      .describe('In reading order; joined they are the text of the field, or excerpts of a long one.'),
    says: z.array(evidenceSchema.shape.says).describe('What the marked words speak for.'),
  })
  .describe('A place of the definition that evidence quotes.');

const attackSchema = z
  .strictObject({
    id: z.string().describe('Permanent id of the attack pattern, kebab-case.'),
    title: z.string(),
    happens: z.string(),
    owasp: z.strictObject({ id: z.enum(OWASP_IDS), title: z.string() }).describe('Its entry in the OWASP MCP Top 10.'),
    stop: z
      .strictObject({
        says: z.string(),
        recommended: z.boolean().describe('The recommended rule does this already.'),
        policy: policySchema.pick({ hide: true, tools: true }).partial().describe('To be merged into a policy.'),
      })
      .describe('The rule that stops or slows it.'),
    sources: z.array(sourceSchema),
  })
  .describe('How tools of this kind are abused.');

const questionSchema = z.strictObject({ id: z.enum(QUESTION_IDS), question: z.string(), answer: z.string() });

export const explanationSchema = z
  .strictObject({
    $schema: z.string().optional(),
    explanation: z.literal('policylayer/1'),
    generator: reportSchema.shape.generator,
    server: serverReportSchema.pick({ name: true, target: true, transport: true, protocol: true, server: true }),
    definition: z
      .strictObject({
        name: z.string(),
        title: z.string().optional(),
        description: z.string().optional(),
        inputSchema: z.record(z.string(), z.unknown()).optional(),
        annotations: z.record(z.string(), z.unknown()).optional(),
      })
      .describe('What the server says of the tool; what lies deeper than 200 levels is null.'),
    verdict: classificationSchema,
    does: z.string().describe('What kind of tool it is.'),
    decided: z.string().describe('Who decided the verdict, and how sure that is.'),
    withoutPolicy: z.string().describe('What can happen without a policy.'),
    passages: z.array(passageSchema),
    findings: z.array(findingSchema).describe('What was noticed about this tool.'),
    recommended: z
      .strictObject({ policy: policySchema, says: z.string() })
      .describe('The recommended policy for this tool alone, and what it does in words.'),
    attacks: z.array(attackSchema).describe('Attacks on this kind of access, the most telling first.'),
    besideRecommended: z.string().describe('What the rules against them are good for beside the recommended one.'),
    questions: z.array(questionSchema),
    related: z
      .strictObject({
        class: z.enum(CLASSES),
        tools: z.array(z.string()),
        more: z.number().int().nonnegative().describe('How many were left out.'),
      })
      .describe('Other tools of its class on the server, those first whose names have most in common with its own.'),
  })
  .describe('What policylayer knows of one tool of an MCP server.');

export type Explanation = z.infer<typeof explanationSchema>;
export type Attack = z.infer<typeof attackSchema>;
