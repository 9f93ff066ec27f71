import type { Finding } from './finding.ts';
import { isObject, type Tool, type ToolAnnotations } from './tool.ts';

/**
 * Reads raw `tools/list` entries leniently: a malformed one becomes a finding and never hides the others.
 * An entry without a usable name is left out, since nothing could call it; under default deny that denies it.
 * A name offered twice is kept once, the first; a policy could not tell the two apart.
 */
export function parseTools(raw: readonly unknown[]): { tools: Tool[]; findings: Finding[] } {
  const tools = new Map<string, Tool>();
  const findings: Finding[] = [];
  for (const [at, entry] of raw.entries()) {
    const tool = parseTool(entry);
    if (tool === null) findings.push(unreadable(at));
    else if (tools.has(tool.name)) findings.push(offeredTwice(tool.name));
    else {
      tools.set(tool.name, tool);
      findings.push(...oddities(tool.name, entry as Record<string, unknown>));
    }
  }
  return { tools: [...tools.values()], findings };
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

function oddities(tool: string, raw: Record<string, unknown>): Finding[] {
  const found: Finding[] = [];
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
  message: 'The server offers two tools of this name; the first was judged, and a policy cannot tell them apart.',
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
