/** The headers of what is posted to a server elsewhere. */
import { isObject } from '../../core/tool.ts';
import { namedBy } from '../http/era.ts';
import { encodeHeaderValue } from '../http/header-value.ts';
import type { MirroredParameter } from '../http/mirrored-parameters.ts';
import { parameterValues } from '../http/mirrored-parameters.ts';
import { type JsonRpc, paramsOf } from '../message/json-rpc.ts';

export type Headers = Readonly<Record<string, string>>;

export const POST_HEADERS: Headers = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** What the stateless era repeats of a message, so that whatever stands between need not read the body. */
export function mirroringHeaders(
  message: JsonRpc,
  { revision, declared }: { readonly revision: string; readonly declared: readonly MirroredParameter[] },
): Headers {
  const { method } = message;
  const params = paramsOf(message);
  const key = namedBy(method);
  const name = key === undefined ? undefined : params[key];
  const args = isObject(params.arguments) ? params.arguments : {};
  return {
    ...POST_HEADERS,
    'mcp-protocol-version': revision,
    ...(typeof method === 'string' && { 'mcp-method': encodeHeaderValue(method) }),
    ...(typeof name === 'string' && { 'mcp-name': encodeHeaderValue(name) }),
    ...Object.fromEntries(parameterValues(declared, args).map(([header, value]) => [header, encodeHeaderValue(value)])),
  };
}
