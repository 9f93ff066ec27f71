/**
 * Text in a definition that is meant for the model and kept from the person: invisible characters, and orders that no
 * description of a tool needs (OWASP MCP Top 10, MCP03 Tool Poisoning). Each pattern is narrow: real servers shout
 * ("you MUST call this first") without hiding anything, and a false alarm here hides a tool that works.
 */
import { isObject, type Tool } from '../tool.ts';

export interface HiddenInstruction {
  readonly field: string;
  /** The exact words; they may be invisible ones. */
  readonly quote: string;
}

const PATTERNS: readonly RegExp[] = [
  // Tag characters spell text that no font shows; behind a black flag they are a flag emoji.
  /(?<!\u{1F3F4}[\u{E0000}-\u{E007F}]*)[\u{E0000}-\u{E007F}]+/u,
  // Bidirectional overrides show text in another order than a model reads it.
  /[\u202A-\u202E\u2066-\u2069]/u,
  // Zero-width characters in a row, or inside a Latin word. (One between other scripts or emoji can be right.)
  /[\u200B\u2060-\u2064\uFEFF]{2,}|[A-Za-z][\u200B-\u200D\u2060\uFEFF]+[A-Za-z]/u,
  /\b(?:ignore|disregard|forget|override) (?:all |any |the |your )*(?:previous|prior|above|earlier|system) (?:instructions?|prompts?|rules|messages?)\b/i,
  /\b(?:do not|don't|never|without) (?:tell|telling|inform|informing|notify|notifying|alert|alerting) (?:this |it |that )?(?:to )?(?:the |your )?(?:user|human)\b/i,
  /\b(?:do not|don't|never) mention (?:this|that|it|any of this|these instructions)\b/i,
  /\b(?:read|open|load|cat|send|pass|include|attach|provide|upload)\b[^.\n]{0,60}(?:~\/\.[\w./-]*|\.ssh\/|\bid_rsa\b|\.aws\/credentials|\.cursor\/mcp\.json|\/etc\/(?:passwd|shadow))/i,
];
const MAX_QUOTE_CHARS = 120;
const MAX_DEPTH = 6;
const MAX_FIELDS = 400;

/** The first hidden instruction of a definition, or null. The whole text is searched, in time linear in its length. */
export function hiddenInstruction(tool: Tool): HiddenInstruction | null {
  for (const [field, text] of textsOf(tool)) {
    for (const pattern of PATTERNS) {
      const match = pattern.exec(text);
      if (match !== null) return { field, quote: match[0].slice(0, MAX_QUOTE_CHARS) };
    }
  }
  return null;
}

function* textsOf({ name, title, description, inputSchema, annotations }: Tool): Generator<readonly [string, string]> {
  yield ['name', name];
  if (title !== undefined) yield ['title', title];
  if (typeof annotations?.title === 'string') yield ['annotations.title', annotations.title];
  if (description !== undefined) yield ['description', description];
  if (inputSchema !== undefined) yield* schemaTexts(inputSchema, 'inputSchema', 0, { left: MAX_FIELDS });
}

function* schemaTexts(
  schema: object,
  path: string,
  depth: number,
  budget: { left: number },
): Generator<readonly [string, string]> {
  if (depth > MAX_DEPTH) return;
  for (const [key, value] of Object.entries(schema)) {
    if (budget.left-- <= 0) return;
    if (typeof value === 'string' && (key === 'description' || key === 'title' || key === 'default'))
      yield [`${path}.${key}`, value];
    else if (isObject(value) || Array.isArray(value)) yield* schemaTexts(value, `${path}.${key}`, depth + 1, budget);
  }
}
