import type { CompiledPolicy } from '../../core/policy/compile-policy.ts';
import { isObject, type JsonObject } from '../../core/tool.ts';
import type { JsonRpc } from './json-rpc.ts';

/** The answer to `tools/list` without what the policy hides; the same object where that is nothing. */
export function visibleTools(message: JsonRpc, policy: Pick<CompiledPolicy, 'hides' | 'hidesSome'>): JsonRpc {
  const { result } = message;
  if (!policy.hidesSome || !isObject(result) || !Array.isArray(result.tools)) return message;
  const tools = result.tools.filter((tool) => !isHidden(tool, policy));
  // What depends on the caller must not be kept for another.
  const isShared = result.cacheScope !== undefined && result.cacheScope !== 'private';
  if (tools.length === result.tools.length && !isShared) return message;
  return { ...message, result: { ...result, tools, ...(isShared && { cacheScope: 'private' }) } };
}

const isHidden = (tool: unknown, policy: Pick<CompiledPolicy, 'hides'>): boolean =>
  isObject(tool) && typeof tool.name === 'string' && policy.hides(tool.name);

/** The names in an answer to `tools/list`. */
export function listedNames({ result }: JsonRpc): string[] {
  if (!isObject(result) || !Array.isArray(result.tools)) return [];
  return result.tools.flatMap((tool: unknown) => (isObject(tool) && typeof tool.name === 'string' ? [tool.name] : []));
}

/** The answer to `initialize` with the promise that a changed list is told: the policy may change it at any time. */
export function promisingListChanges(message: JsonRpc): JsonRpc {
  const { result } = message;
  const capabilities = isObject(result) ? result.capabilities : undefined;
  if (!isObject(result) || !isObject(capabilities) || !isObject(capabilities.tools)) return message;
  if (capabilities.tools.listChanged === true) return message;
  const tools: JsonObject = { ...capabilities.tools, listChanged: true };
  return { ...message, result: { ...result, capabilities: { ...capabilities, tools } } };
}
