/** Which era a request over HTTP is of, and whether its headers say what its body says. */
import { isObject, type JsonObject } from '../../core/tool.ts';
import type { ClientText } from '../message/client-text.ts';
import { INVALID_PARAMS, INVALID_REQUEST } from '../message/json-rpc.ts';
import { decodeHeaderValue } from './header-value.ts';

/** The first revision without sessions: each request says for itself which revision it is of. */
const FIRST_STATELESS = '2026-07-28';
const VERSION_KEY = 'io.modelcontextprotocol/protocolVersion';

export const HEADER_MISMATCH = -32020;

export type Era = 'stateful' | 'stateless';

/** The headers that repeat what stands in the body. */
export interface MirrorHeaders {
  readonly version: string | undefined;
  readonly method: string | undefined;
  readonly name: string | undefined;
}

export interface Misfit {
  readonly code: number;
  readonly message: string;
}

export type Judged = { readonly era: Era } | { readonly misfit: Misfit };

/**
 * Judges what a client posted. The body decides; a header that disagrees is refused before anything is decided, since
 * whatever stands in front of us may have let the request through by that header.
 */
export function judgeEra({ parts, isBatch }: Pick<ClientText, 'parts' | 'isBatch'>, headers: MirrorHeaders): Judged {
  const headerIsStateless = isStateless(headers.version);
  if (isBatch) {
    if (headerIsStateless || parts.some((message) => claimedVersion(message) !== undefined))
      return misfit(INVALID_REQUEST, 'Bad Request: this revision has no batches.');
    return { era: 'stateful' };
  }
  const [message] = parts;
  if (!isObject(message)) return misfit(INVALID_REQUEST, 'Invalid Request: a message is an object.');
  const claimed = claimedVersion(message);
  if (claimed === undefined) {
    if (!headerIsStateless) return { era: 'stateful' };
    // A notification has no place in the revision for what it is of but the header.
    if (typeof message.method === 'string' && message.id === undefined)
      return fits(message, headers, { isRequest: false });
    return misfit(INVALID_PARAMS, `Invalid params: MCP-Protocol-Version says ${headers.version}, the body says none.`);
  }
  if (typeof claimed !== 'string')
    return misfit(HEADER_MISMATCH, 'Header mismatch: the revision in the body is no text.');
  const isRequest = message.id !== undefined;
  if (headers.version !== claimed && (headers.version !== undefined || (isRequest && isStateless(claimed))))
    return misfit(HEADER_MISMATCH, 'Header mismatch: MCP-Protocol-Version does not say the revision of the body.');
  if (!isStateless(claimed)) return { era: 'stateful' };
  return fits(message, headers, { isRequest });
}

/** A version is a date, so that a later one is greater. */
export const isStateless = (version: string | undefined): boolean =>
  version !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(version) && version >= FIRST_STATELESS;

function claimedVersion(message: unknown): unknown {
  const params = isObject(message) ? message.params : undefined;
  const meta = isObject(params) ? params._meta : undefined;
  return isObject(meta) && Object.hasOwn(meta, VERSION_KEY) ? meta[VERSION_KEY] : undefined;
}

/** Which member of the parameters the header Mcp-Name repeats. */
const NAMED_BY: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

export const namedBy = (method: unknown): string | undefined =>
  typeof method === 'string' && Object.hasOwn(NAMED_BY, method) ? NAMED_BY[method] : undefined;

function fits(
  { method, params }: JsonObject,
  headers: MirrorHeaders,
  { isRequest }: { readonly isRequest: boolean },
): Judged {
  if (headers.method === undefined ? isRequest : headers.method !== method)
    return misfit(
      HEADER_MISMATCH,
      `Header mismatch: Mcp-Method ${headers.method === undefined ? 'is missing' : 'does not say the method of the body'}.`,
    );
  const key = namedBy(method);
  if (key === undefined) return { era: 'stateless' };
  const named = isObject(params) ? params[key] : undefined;
  if (headers.name === undefined) {
    if (isRequest && named !== undefined) return misfit(HEADER_MISMATCH, 'Header mismatch: Mcp-Name is missing.');
    return { era: 'stateless' };
  }
  if (decodeHeaderValue(headers.name) !== named)
    return misfit(HEADER_MISMATCH, `Header mismatch: Mcp-Name does not say the ${key} of the body.`);
  return { era: 'stateless' };
}

const misfit = (code: number, message: string): Judged => ({ misfit: { code, message } });
