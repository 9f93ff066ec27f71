/**
 * Text in a definition that is meant for the model and kept from the person: invisible characters, and orders that no
 * description of a tool needs (OWASP MCP Top 10, MCP03 Tool Poisoning). Each pattern is narrow: real servers shout
 * ("you MUST call this first") without hiding anything, and a false alarm here hides a tool that works.
 */
import type { JsonObject, Tool } from '../tool.ts';

export interface HiddenInstruction {
  readonly field: string;
  /** The exact words; they may be invisible ones. */
  readonly quote: string;
}

/** Characters that a font does not show, or shows in another order than a model reads. */
const INVISIBLE = new RegExp(
  [
    // Tag characters spell text that no font shows; behind a black flag they are a flag emoji.
    '(?<!\\u{1F3F4}[\\u{E0000}-\\u{E007F}]*)[\\u{E0000}-\\u{E007F}]+',
    // Bidirectional overrides.
    '[\\u202A-\\u202E\\u2066-\\u2069]',
    // Zero-width characters in a row, or inside a Latin word. (One between other scripts or emoji can be right.)
    '[\\u200B\\u2060-\\u2064\\uFEFF]{2,}',
    '[A-Za-z][\\u200B-\\u200D\\u2060\\uFEFF]+[A-Za-z]',
  ].join('|'),
  'u',
);
/** In a name, which no one sets with soft hyphens or variants of letters, also what a description may hold. */
const INVISIBLE_IN_NAME = /[A-Za-z][\p{Cf}\p{Default_Ignorable_Code_Point}]+[A-Za-z]/u;

/** Whether a text holds anything that `INVISIBLE` could find; much cheaper to ask. */
const SUSPECT = /[\u200B-\u200D\u202A-\u202E\u2060-\u2069\uFEFF\uDB40]/;

const ORDER = new RegExp(
  `\\b(?:${[
    '(?:ignore|disregard|forget|override) (?:all |any |the |your )*(?:previous|prior|above|earlier|system) (?:instructions?|prompts?|rules|messages?)\\b',
    "(?:do not|don't|never|without) (?:tell|telling|inform|informing|notify|notifying|alert|alerting) (?:this |it |that )?(?:to )?(?:the |your )?(?:user|human)\\b",
    "(?:do not|don't|never) mention (?:this|that|it|any of this|these instructions)\\b",
    '(?:read|open|load|cat|send|pass|include|attach|provide|upload)\\b[^.\\n]{0,60}(?:~/\\.|\\.ssh/|\\bid_rsa\\b|\\.aws/credentials|\\.cursor/mcp\\.json|/etc/(?:passwd|shadow))',
  ].join('|')})`,
  'i',
);
const MAX_QUOTE_CHARS = 120;
const MAX_DEPTH = 24;
const MAX_FIELDS = 50_000;

/** The first hidden instruction of a definition, or null. The whole text is searched, in time linear in its length. */
export function hiddenInstruction({
  name,
  title,
  description,
  inputSchema,
  annotations,
}: Tool): HiddenInstruction | null {
  return (
    inText(name, 'name') ??
    inName(name) ??
    inText(title, 'title') ??
    inText(annotations?.title, 'annotations.title') ??
    inText(description, 'description') ??
    (inputSchema === undefined ? null : inSchema(inputSchema, 0, { left: MAX_FIELDS }, 'inputSchema'))
  );
}

function inText(text: unknown, field: string): HiddenInstruction | null {
  if (typeof text !== 'string') return null;
  const match = (SUSPECT.test(text) ? INVISIBLE.exec(text) : null) ?? ORDER.exec(text);
  return match === null ? null : { field, quote: match[0].slice(0, MAX_QUOTE_CHARS) };
}

function inName(name: string): HiddenInstruction | null {
  const match = BASIC_LATIN.test(name) ? null : INVISIBLE_IN_NAME.exec(name);
  return match === null ? null : { field: 'name', quote: match[0].slice(0, MAX_QUOTE_CHARS) };
}
const BASIC_LATIN = /^[\x20-\x7E]*$/;

/** Looks through the texts of a schema; the path is put together on the way back, when something was found. */
function inSchema(schema: JsonObject, depth: number, budget: { left: number }, at: string): HiddenInstruction | null {
  for (const key in schema) {
    if (budget.left-- <= 0) return null;
    const value = schema[key];
    let found: HiddenInstruction | null = null;
    if (typeof value === 'string') {
      if (key === 'description' || key === 'title' || key === 'default') found = inText(value, key);
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      found = inNested(value, depth + 1, budget, key);
    }
    if (found !== null) return { ...found, field: `${at}.${found.field}` };
  }
  return null;
}

/** A list is walked by its numbers: asked for its keys, as an object is, it would make a text of each. */
function inNested(value: object, depth: number, budget: { left: number }, at: string): HiddenInstruction | null {
  if (!Array.isArray(value)) return inSchema(value as JsonObject, depth, budget, at);
  for (const [nth, item] of value.entries()) {
    if (budget.left-- <= 0) return null;
    if (typeof item !== 'object' || item === null || depth >= MAX_DEPTH) continue;
    const found = inNested(item, depth + 1, budget, String(nth));
    if (found !== null) return { ...found, field: `${at}.${found.field}` };
  }
  return null;
}
