/** What a message says of the revision it speaks, and of what the client can do. */
import { isObject, type JsonObject } from '../../core/tool.ts';
import { type JsonRpc, paramsOf } from './json-rpc.ts';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const CAPABILITIES = 'io.modelcontextprotocol/clientCapabilities';
export const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';

/** The first revision without sessions. Revisions are dates, so that they compare as text. */
const FIRST_STATELESS = '2026-07-28';
const REVISION = /^\d{4}-\d{2}-\d{2}$/;

/** The revision that a request of the stateless era carries; null for one of an earlier era. */
export function statelessRevision(message: JsonRpc): string | null {
  const { _meta: meta } = paramsOf(message);
  const version = isObject(meta) ? meta[VERSION] : undefined;
  return typeof version === 'string' && REVISION.test(version) && version >= FIRST_STATELESS ? version : null;
}

export function statelessCapabilities(message: JsonRpc): JsonObject {
  const { _meta: meta } = paramsOf(message);
  const capabilities = isObject(meta) ? meta[CAPABILITIES] : undefined;
  return isObject(capabilities) ? capabilities : {};
}

/** Whether a client can put a form before its person. Before there were modes, every elicitation was a form. */
export function canAsk({ elicitation }: JsonObject): boolean {
  return isObject(elicitation) && (isObject(elicitation.form) || !('url' in elicitation));
}
