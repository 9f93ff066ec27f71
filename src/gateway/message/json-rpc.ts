/** JSON-RPC messages as they are passed on. They were parsed; nothing else about them is promised. */
import { isObject, type JsonObject } from '../../core/tool.ts';

export type JsonRpc = JsonObject;

export const PARSE_ERROR = -32700;
export const INVALID_REQUEST = -32600;
export const METHOD_NOT_FOUND = -32601;
export const INVALID_PARAMS = -32602;
export const INTERNAL_ERROR = -32603;

/** A request that can be answered, and whose answer can be told from others. A number must come back as it went out. */
export function isRequestId(id: unknown): id is string | number {
  return (
    typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id) && Math.abs(id) <= Number.MAX_SAFE_INTEGER)
  );
}

/** The number 1 and the text "1" are two ids. */
export const idKey = (id: string | number): string => (typeof id === 'number' ? `n${id}` : `s${id}`);

export const paramsOf = ({ params }: JsonRpc): JsonObject => (isObject(params) ? params : {});

/** An answer to a request; to one without a usable id an answer to nobody in particular, as JSON-RPC has it. */
export function errorAnswer(id: unknown, code: number, message: string): JsonRpc {
  return { jsonrpc: '2.0', id: isRequestId(id) ? id : null, error: { code, message } };
}

export function resultAnswer(id: unknown, result: JsonObject): JsonRpc {
  return { jsonrpc: '2.0', id, result };
}
