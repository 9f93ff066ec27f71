import { isObject, type JsonObject } from '../../core/tool.ts';

/** The error of a JSON-RPC response, as the body of a status that is no success often holds it; null where there is none. */
export function jsonRpcError(text: string): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) && isObject(parsed.error) ? parsed.error : null;
  } catch {
    return null;
  }
}
