/** The policy file, version 1. The schemas give the type, the validation and the published JSON Schema. */
import { z } from 'zod';

export const OPERATORS = [
  'eq',
  'neq',
  'in',
  'not_in',
  'lt',
  'lte',
  'gt',
  'gte',
  'regex',
  'contains',
  'exists',
] as const;
export type Operator = (typeof OPERATORS)[number];
export const WINDOWS = ['minute', 'hour', 'day'] as const;
export const SCOPES = ['grant', 'server'] as const;

/** `args`, or steps below it: a name or the number of a list's element. In a name `\.` is a dot and `\\` a backslash. */
const CALL_PATH = /^args(?:\.(?:[^.\\]|\\[.\\])+)*$/;
const CALL_PATH_BELOW_ARGS = /^args(?:\.(?:[^.\\]|\\[.\\])+)+$/;

const conditionOn = <Op extends Operator, Value extends z.ZodType>(op: readonly [Op, ...Op[]], value: Value) =>
  z.strictObject({
    path: z
      .string()
      .regex(CALL_PATH)
      .describe('Where in the call the value stands, for example "args.amount"; "\\." is a dot within a name.'),
    op: z.enum(op).describe('How the value is compared. A missing path satisfies only exists: false, neq and not_in.'),
    value,
  });

const conditionSchema = z
  .discriminatedUnion('op', [
    conditionOn(['eq', 'neq'], z.json().describe('What it is compared with.')),
    conditionOn(['in', 'not_in'], z.array(z.json()).describe('What it is compared with, one after the other.')),
    conditionOn(['lt', 'lte', 'gt', 'gte'], z.number().describe('Compared with numbers only; text never fits.')),
    conditionOn(
      ['regex'],
      z.string().describe('RE2 syntax, found anywhere in a text unless ^ and $ bind it; only text fits.'),
    ),
    conditionOn(['contains'], z.json().describe('A part of a text, or an element of a list.')),
    conditionOn(['exists'], z.boolean().describe('Whether the path is there; null is there.')),
  ])
  .describe('One test of an argument.');

export const guardSchema = z
  .strictObject({
    conditions: z.array(conditionSchema).describe('All must hold. An empty list always holds.'),
    on_deny: z.string().optional().describe('What the agent is told.'),
  })
  .describe('Conditions and the message for a call they stop.');

export const limitSchema = z
  .strictObject({
    counter: z
      .string()
      .regex(/^[a-z0-9_]+$/)
      .describe('Name of the counter; rules with one name share it.'),
    window: z.enum(WINDOWS).describe('A calendar window in UTC.'),
    max: z.number().nonnegative().describe('The most that a window lets through.'),
    scope: z.enum(SCOPES).describe('grant: each caller has its own counter. server: all callers share one.'),
    increment_from: z
      .string()
      .regex(CALL_PATH_BELOW_ARGS)
      .optional()
      .describe('Adds up this argument instead of counting calls.'),
  })
  .describe('At most max per window.');

export const toolRuleSchema = z
  .strictObject({
    require: z.array(guardSchema).optional().describe('Denied unless every condition holds.'),
    deny_if: z.array(guardSchema).optional().describe('Denied when every condition of an entry holds.'),
    require_approval: z.array(guardSchema).optional().describe('Like deny_if, but a person may let the call through.'),
    limits: z.array(limitSchema).optional().describe('Counted only for calls that pass everything else.'),
  })
  .describe('The rule of one tool. {} allows it.');

export const policySchema = z
  .strictObject({
    $schema: z.string().optional().describe('For editors.'),
    version: z.literal('1'),
    default: z.enum(['deny', 'allow']).describe('What happens to a tool without a rule.'),
    hide: z.array(z.string()).optional().describe('Gone from tools/list and denied. "*" hides every tool.'),
    all_tools: toolRuleSchema.optional().describe('Holds for every tool, beside its own rule.'),
    tools: z.record(z.string(), toolRuleSchema).describe('Rules by tool name, byte for byte as the server spells it.'),
  })
  .describe('What an agent may call on one MCP server.');

export type Condition = z.infer<typeof conditionSchema>;
export type Guard = z.infer<typeof guardSchema>;
export type Limit = z.infer<typeof limitSchema>;
export type ToolRule = z.infer<typeof toolRuleSchema>;
export type Policy = z.infer<typeof policySchema>;
