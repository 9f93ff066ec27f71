/** What was noticed beside the verdicts. A finding is a code with a place; its sentence is made here and nowhere else. */
import { z } from 'zod';

export const FINDING_LEVELS = ['note', 'warning', 'error'] as const;

export const findingSchema = z
  .strictObject({
    code: z.string().describe('Permanent, kebab-case.'),
    level: z.enum(FINDING_LEVELS),
    tool: z.string().nullable().describe('The tool it is about; null where it is about the server.'),
    message: z.string(),
    quotes: z.array(z.string()).describe('The exact words of the definition it rests on.'),
  })
  .describe('Something noticed beside the verdicts.');

export type Finding = z.infer<typeof findingSchema>;
