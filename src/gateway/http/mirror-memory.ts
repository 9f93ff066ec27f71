import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../../core/tool.ts';
import type { ClientText } from '../message/client-text.ts';
import { type JsonRpc, paramsOf } from '../message/json-rpc.ts';
import { type MirroredParameter, mirroredParameters, mismatchedParameter } from './mirrored-parameters.ts';

/** Which arguments of a server's tools clients have to repeat in headers, as far as its lists passed by. */
export interface MirrorMemory {
  /** Remembers what a list of tools says. */
  learn(message: JsonRpc): void;
  /** The first header of a call that does not say what its arguments say; null where all do, and for a hidden tool. */
  mismatch(body: ClientText, headers: IncomingHttpHeaders, isHidden: (tool: string) => boolean): string | null;
}

const MAX_TOOLS = 20_000;

export function createMirrorMemory(): MirrorMemory {
  const declared = new Map<string, readonly MirroredParameter[]>();
  return {
    learn({ result }) {
      if (!isObject(result) || !Array.isArray(result.tools)) return;
      for (const tool of result.tools) {
        if (!isObject(tool) || typeof tool.name !== 'string') continue;
        const parameters = mirroredParameters(tool.inputSchema);
        if (parameters.length === 0) declared.delete(tool.name);
        else if (declared.size < MAX_TOOLS) declared.set(tool.name, parameters);
      }
    },
    mismatch({ parts }, headers, isHidden) {
      const [message] = parts;
      if (declared.size === 0 || !isObject(message) || message.method !== 'tools/call') return null;
      const { name, arguments: args } = paramsOf(message);
      const parameters = typeof name === 'string' && !isHidden(name) ? declared.get(name) : undefined;
      return parameters === undefined ? null : mismatchedParameter(parameters, args, headers);
    },
  };
}
