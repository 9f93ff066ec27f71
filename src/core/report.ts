/**
 * What any command found: the only input of a renderer, and what `--json` prints.
 * It holds no clock and no machine path, so that the same input gives the same bytes.
 */
import { z } from 'zod';
import { classificationSchema } from './classification.ts';
import { findingSchema } from './finding.ts';
import { policySchema } from './policy/policy.ts';

const TRANSPORTS = ['stdio', 'streamable-http', 'sse', 'file'] as const;

const countSchema = z.number().int().nonnegative();

export const serverReportSchema = z
  .strictObject({
    name: z.string().describe('What the report calls the server.'),
    target: z.string().describe('How it was reached, without secrets.'),
    transport: z.enum(TRANSPORTS),
    protocol: z.string().nullable().describe('The negotiated MCP revision; null for a file.'),
    server: z
      .strictObject({ name: z.string(), version: z.string() })
      .nullable()
      .describe('What the server calls itself: a claim.'),
    tools: z.array(classificationSchema).describe("In the server's own order."),
    policy: policySchema,
    findings: z.array(findingSchema),
  })
  .describe('One server that could be listed.');

export const problemSchema = z
  .strictObject({
    name: z.string(),
    target: z.string(),
    code: z.string().describe('Permanent, upper snake case.'),
    message: z.string(),
    cause: z.string(),
    hint: z.string(),
    serverOutput: z.array(z.string()).describe('The last lines the server wrote to stderr.'),
  })
  .describe('One server that could not be listed.');

const summarySchema = z.strictObject({
  servers: countSchema.describe('How many were looked at.'),
  failed: countSchema,
  tools: countSchema,
  categories: z.strictObject({ Read: countSchema, Write: countSchema, Other: countSchema }),
  risks: z.strictObject({ low: countSchema, medium: countSchema, high: countSchema, critical: countSchema }),
  needsReview: countSchema,
  findings: countSchema,
});

export const reportSchema = z
  .strictObject({
    $schema: z.string().optional(),
    report: z.literal('policylayer/1'),
    generator: z.strictObject({ name: z.literal('policylayer'), version: z.string() }),
    servers: z.array(serverReportSchema),
    problems: z.array(problemSchema),
    summary: summarySchema,
  })
  .describe('What policylayer found on one or more MCP servers.');

export type Transport = (typeof TRANSPORTS)[number];
export type ServerReport = z.infer<typeof serverReportSchema>;
export type Problem = z.infer<typeof problemSchema>;
export type Summary = z.infer<typeof summarySchema>;
export type Report = z.infer<typeof reportSchema>;
