import { isObject, type JsonObject } from '../../core/tool.ts';
import { INVALID_PARAMS, INVALID_REQUEST, isRequestId, type JsonRpc, METHOD_NOT_FOUND } from './json-rpc.ts';

/** Why a message of the client is refused. */
export interface MessageFault {
  readonly code: number;
  readonly message: string;
}

/** Two requests with one id could not be told apart when the answer comes. */
export const ID_IN_FLIGHT: MessageFault = {
  code: INVALID_REQUEST,
  message: 'The id is that of a request in flight.',
};

const FRAME = ['jsonrpc', 'id', 'method', 'params', 'result', 'error'];
const CALL_PARAMS = ['name', 'arguments', '_meta', 'task', 'inputResponses', 'requestState'];

/**
 * What makes a message one that two programs could read differently, or a call that no answer can be matched with. Some
 * JSON libraries find keys whatever their case, so that `Method` would be a method to the server and nothing to us.
 */
export function messageFault(message: JsonRpc): MessageFault | null {
  const misspelt = misspeltKey(message, FRAME);
  if (misspelt !== null)
    return { code: INVALID_REQUEST, message: `The key ${misspelt} is not spelt as JSON-RPC has it.` };
  const { method } = message;
  if (method === undefined) return null;
  if (typeof method !== 'string') return { code: INVALID_REQUEST, message: 'The method is no text.' };
  if (method !== 'tools/call' && folded(method) === 'tools/call')
    return { code: METHOD_NOT_FOUND, message: 'The method is not spelt as MCP has it: tools/call.' };
  if (method !== 'tools/call' && method !== 'tools/list') return null;
  if ('id' in message && !isRequestId(message.id))
    return { code: INVALID_REQUEST, message: 'The id is neither a text nor a number that can be given back.' };
  return method === 'tools/call' ? callFault(message) : null;
}

function callFault({ params }: JsonRpc): MessageFault | null {
  if (!isObject(params) || typeof params.name !== 'string')
    return { code: INVALID_PARAMS, message: 'A call needs the name of a tool.' };
  const misspelt = misspeltKey(params, CALL_PARAMS);
  if (misspelt !== null) return { code: INVALID_PARAMS, message: `The key ${misspelt} is not spelt as MCP has it.` };
  const { arguments: args } = params;
  if (args === undefined || args === null || isObject(args)) return null;
  return { code: INVALID_PARAMS, message: 'The arguments of a call have to be an object.' };
}

function misspeltKey(object: JsonObject, known: readonly string[]): string | null {
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const like = folded(key);
    if (known.some((name) => name.toLowerCase() === like)) return JSON.stringify(key);
  }
  return null;
}

/** As forgiving as any server could be: without case, without the space around it, letters that look alike as one. */
export const folded = (text: string): string =>
  text.length > 100 ? text : text.normalize('NFKC').trim().toUpperCase().toLowerCase();
