/** How tools of one kind are abused: what happens, which tools it needs, and the rule that stops or slows it. */
import { z } from 'zod';
import { toolRuleSchema } from '../policy/policy.ts';
import { CLASSES, EFFECTS } from '../verdict.ts';
import { ARGUMENT_PATH } from './argument-path.ts';
import { OWASP_IDS } from './owasp.ts';

/** What a verdict can have that a pattern needs. */
const TRAITS = [...CLASSES, ...EFFECTS, 'hidden-instructions'] as const;
export type Trait = (typeof TRAITS)[number];

const traitsSchema = z.array(z.enum(TRAITS)).min(1);

const needsSchema = z
  .strictObject({
    all: traitsSchema.optional().describe('The tool has every one of these classes and effects.'),
    any: traitsSchema.optional().describe('The tool has at least one of these.'),
    argument: z.array(z.string()).min(1).optional().describe('And takes one of these arguments.'),
    unless: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Words in the description of that argument, or arguments beside it, by which it is something else.'),
  })
  .refine(({ all, any }) => all !== undefined || any !== undefined, 'Say "all" or "any".')
  .refine(({ argument, unless }) => unless === undefined || argument !== undefined, '"unless" is about an argument.');

const stopSchema = z
  .strictObject({
    says: z.string().min(1).describe('The rule in words, and what it does not reach.'),
    hide: z.literal(true).optional().describe('Hide the tool.'),
    rule: toolRuleSchema.optional().describe(`Its rule; ${ARGUMENT_PATH} and counters are renamed for the tool.`),
  })
  .refine(({ hide, rule }) => (hide === undefined) !== (rule === undefined), 'Say either "hide" or "rule".');

export const sourceSchema = z.strictObject({ title: z.string().min(1), url: z.url({ protocol: /^https$/ }) });

export const attackPatternSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .describe('Permanent.'),
    title: z.string().min(1),
    happens: z.string().min(1).describe('What happens, in two to four sentences.'),
    needs: needsSchema,
    owasp: z.enum(OWASP_IDS),
    stop: stopSchema,
    sources: z.array(sourceSchema).min(1),
  })
  .refine(
    ({ needs, stop }) => (needs.argument !== undefined) === JSON.stringify(stop).includes(ARGUMENT_PATH),
    `A rule speaks of ${ARGUMENT_PATH} exactly where the pattern needs an argument.`,
  );

export const attackPatternsSchema = z.array(attackPatternSchema);

export type AttackPattern = z.infer<typeof attackPatternSchema>;
