/** The verdict on one tool, and the evidence for it. */
import { z } from 'zod';
import { toolRuleSchema } from './policy/policy.ts';
import { CATEGORIES, CLASSES, EFFECTS, RISKS } from './verdict.ts';

export const evidenceSchema = z
  .strictObject({
    rule: z.string().describe('Permanent id of the rule that found it.'),
    field: z.string().describe('Where it stands: name, description, inputSchema.properties.action.enum ...'),
    quote: z.string().describe('The exact words of the definition.'),
    says: z.enum([...CLASSES, ...EFFECTS, 'hidden-instructions']).describe('The class or effect it speaks for.'),
  })
  .describe('One quote from the definition, and what it speaks for.');

export const classificationSchema = z
  .strictObject({
    name: z.string().describe('The tool, byte for byte.'),
    category: z.enum(CATEGORIES),
    class: z.enum(CLASSES).describe('The most serious thing in it.'),
    effects: z.array(z.enum(EFFECTS)).describe('Why it is risky.'),
    risk: z.enum(RISKS),
    confidence: z.number().min(0).max(1),
    needsReview: z.boolean().describe('A person has to look before the verdict is relied on.'),
    source: z.enum(['rules', 'catalog', 'override']).describe('Who decided.'),
    reason: z.string().describe('One or two sentences made from the evidence.'),
    evidence: z.array(evidenceSchema),
    rule: toolRuleSchema.nullable().describe('The entry recommended for the policy; null where none is.'),
    hidden: z.boolean().describe('Recommended to be hidden from agents.'),
  })
  .describe('The verdict on one tool.');

export type Evidence = z.infer<typeof evidenceSchema>;
export type Classification = z.infer<typeof classificationSchema>;
