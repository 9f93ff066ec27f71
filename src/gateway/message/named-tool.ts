import type { JsonRpc } from './json-rpc.ts';
import { paramsOf } from './json-rpc.ts';
import { folded } from './message-fault.ts';
import { CALLS_NO_TOOL } from './methods.ts';

/** What parameters that name a tool are called, folded and without what separates words. */
const NAMES = new Set(['name', 'tool', 'toolname', 'toolid']);

/**
 * The tool that a method we do not know may call: one that `isTool` knows, or whatever a method named like those for
 * tools names. Null where the method has nothing to do with tools, so that extensions of the protocol work.
 */
export function namedTool(message: JsonRpc, isTool: (name: string) => boolean): string | null {
  const { method } = message;
  if (typeof method !== 'string' || CALLS_NO_TOOL.has(method) || method.startsWith('notifications/')) return null;
  const named = Object.entries(paramsOf(message)).flatMap(([key, value]) =>
    typeof value === 'string' && NAMES.has(folded(key).replaceAll(/[_-]/g, '')) ? [value] : [],
  );
  const tool = named.find(isTool);
  if (tool !== undefined) return tool;
  return folded(method).startsWith('tools/') ? (named[0] ?? '') : null;
}
