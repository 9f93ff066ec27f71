/** A verdict that a person has written down: in the catalog for everybody, or in `policylayer.yaml` for themselves. */
import { z } from 'zod';
import { toolRuleSchema } from '../policy/policy.ts';
import { CLASSES, EFFECTS, RISKS } from '../verdict.ts';

/** What a person says about one tool. Risk and rule follow from the class unless they are given. */
export const writtenVerdictSchema = z.strictObject({
  class: z.enum(CLASSES),
  effects: z.array(z.enum(EFFECTS)).optional(),
  risk: z.enum(RISKS).optional(),
  because: z.string().min(1),
  rule: toolRuleSchema.optional(),
});

/** `overrides:` of `policylayer.yaml`: server name as the report prints it, or "*", to tool name to verdict. */
export const overridesSchema = z.record(z.string(), z.record(z.string(), writtenVerdictSchema));

export type WrittenVerdict = z.infer<typeof writtenVerdictSchema>;
export type Overrides = z.infer<typeof overridesSchema>;
