import { isObject, type JsonObject } from '../../core/tool.ts';
import { type MirroredParameter, mirroredParameters } from '../http/mirrored-parameters.ts';

/** Which parameters of its tools a server wants repeated in headers, as far as its lists told. */
export interface ToolSchemas {
  learn(list: JsonObject): void;
  /** Null where the tool was in no list. */
  of(tool: string): readonly MirroredParameter[] | null;
  /** The lists are not true any more. */
  forget(): void;
}

const MAX_TOOLS = 20_000;

export function createToolSchemas(): ToolSchemas {
  const known = new Map<string, readonly MirroredParameter[]>();
  return {
    learn({ tools }) {
      if (!Array.isArray(tools)) return;
      for (const tool of tools)
        if (isObject(tool) && typeof tool.name === 'string' && known.size < MAX_TOOLS)
          known.set(tool.name, mirroredParameters(tool.inputSchema));
    },
    of: (tool) => known.get(tool) ?? null,
    forget: () => known.clear(),
  };
}
