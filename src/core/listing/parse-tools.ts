import type { Finding } from '../finding.ts';
import { isObject, type Tool, type ToolAnnotations } from '../tool.ts';

/**
 * Reads raw `tools/list` entries leniently: a malformed one becomes a finding and never hides the others.
 * An entry without a usable name is left out, since nothing could call it; under default deny that denies it.
 * Of a name offered more than once the first is in `tools`, the others are in `rivals`.
 */
export function parseTools(raw: readonly unknown[]): { tools: Tool[]; rivals: Tool[]; findings: Finding[] } {
  const tools = new Map<string, Tool>();
  const rivals: Tool[] = [];
  const findings: Finding[] = [];
  for (const [at, entry] of raw.entries()) {
    const tool = parseTool(entry);
    if (tool === null) findings.push(unreadable(at));
    else if (tools.has(tool.name)) {
      rivals.push(tool);
      findings.push(offeredTwice(tool.name));
    } else {
      tools.set(tool.name, tool);
      findings.push(...oddities(tool.name, entry as Record<string, unknown>));
    }
  }
  return { tools: [...tools.values()], rivals, findings };
}

/** One definition, or null where it has no usable name. Fields of the wrong type are left out. */
export function parseTool(raw: unknown): Tool | null {
  if (!isObject(raw) || typeof raw.name !== 'string' || raw.name === '') return null;
  return {
    name: raw.name,
    ...(typeof raw.title === 'string' && { title: raw.title }),
    ...(typeof raw.description === 'string' && { description: raw.description }),
    ...(isObject(raw.inputSchema) && { inputSchema: raw.inputSchema }),
    ...(isObject(raw.annotations) && { annotations: raw.annotations as ToolAnnotations }),
  };
}

/** Controls, line breaks, and what a font does not show or shows in another order. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^\s|\s$/u;

function oddities(tool: string, raw: Record<string, unknown>): Finding[] {
  const found: Finding[] = [];
  if (UNSEEN.test(tool)) found.push(nameUnseen(tool));
  if (!isObject(raw.inputSchema)) found.push(schemaMissing(tool));
  else if (raw.inputSchema.type !== 'object') found.push(schemaWithoutObjectType(tool));
  if (raw.description !== undefined && typeof raw.description !== 'string') found.push(wrongType(tool, 'description'));
  if (raw.annotations !== undefined && !isObject(raw.annotations)) found.push(wrongType(tool, 'annotations'));
  return found;
}

const unreadable = (at: number): Finding => ({
  code: 'tool-unreadable',
  level: 'warning',
  tool: null,
  message: `Entry ${at} of the tool list has no usable name and was left out.`,
  quotes: [],
});

const offeredTwice = (tool: string): Finding => ({
  code: 'tool-offered-twice',
  level: 'warning',
  tool,
  message:
    'The server offers another tool of this name, and a policy cannot tell them apart; the worse verdict holds, and where they differ the tool is denied.',
  quotes: [],
});

const nameUnseen = (tool: string): Finding => ({
  code: 'name-unseen',
  level: 'warning',
  tool,
  message: 'The name holds characters that are not shown, so that it can look like the name of another tool.',
  quotes: [],
});

const schemaMissing = (tool: string): Finding => ({
  code: 'schema-missing',
  level: 'note',
  tool,
  message: 'The tool has no input schema, so its parameters could not be judged.',
  quotes: [],
});

const schemaWithoutObjectType = (tool: string): Finding => ({
  code: 'schema-without-object-type',
  level: 'note',
  tool,
  message: 'The input schema lacks type "object"; strict clients reject the whole tool list for it.',
  quotes: [],
});

const wrongType = (tool: string, field: string): Finding => ({
  code: 'field-of-wrong-type',
  level: 'warning',
  tool,
  message: `The field "${field}" is of the wrong type and was not read.`,
  quotes: [],
});
