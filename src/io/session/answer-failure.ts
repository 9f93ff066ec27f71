import { isObject, type JsonObject } from '../../core/tool.ts';
import { RefusedRequest, UnreadableAnswer } from './session.ts';

/** What an answer to `method` fails by; null where it holds a result. An "error" of null is none: some write both fields always. */
export function answerFailure(method: string, { result, error }: JsonObject): Error | null {
  if (error !== undefined && error !== null) return refusal(method, error);
  if (!isObject(result)) return new UnreadableAnswer(`Its answer to "${method}" has no result.`);
  if (method === 'initialize' && typeof result.protocolVersion !== 'string')
    return new UnreadableAnswer('Its answer to "initialize" names no protocol version.');
  return null;
}

function refusal(method: string, error: unknown): Error {
  const { code, message = error }: JsonObject = isObject(error) ? error : {};
  const said = typeof message === 'string' ? message : 'no message';
  return typeof code === 'number'
    ? new RefusedRequest(method, { code, message: said })
    : new UnreadableAnswer(`It answered "${method}" with an error without a code: ${said}`);
}
