/** The book of the requests that have no answer yet. */
import { isObject } from '../core/tool.ts';
import { callCancelled } from './call-end.ts';
import type { Enforcement } from './enforcement.ts';
import { idKey, isRequestId, type JsonRpc, paramsOf } from './message/json-rpc.ts';
import { promisingListChanges } from './message/tool-list.ts';
import type { InFlight, Session } from './session.ts';
import { DROPPED, passedOn, type Verdict } from './verdict.ts';

/** Passes a message on and enters it, where an answer is expected. */
export function track(message: JsonRpc, session: Session): Verdict {
  const { id, method } = message;
  if (!isRequestId(id)) return passedOn(message);
  if (method === 'initialize') {
    const { capabilities } = paramsOf(message);
    session.agreed.capabilities = isObject(capabilities) ? capabilities : {};
  }
  session.inFlight.set(idKey(id), inFlightOf(message, id));
  return passedOn(message);
}

function inFlightOf(message: JsonRpc, id: string | number): InFlight {
  if (message.method === 'tools/list') return { kind: 'list' };
  if (message.method === 'initialize') return { kind: 'initialize' };
  const { notifications } = paramsOf(message);
  const listens =
    message.method === 'subscriptions/listen' && isObject(notifications) && notifications.toolsListChanged === true;
  return listens ? { kind: 'listen', id } : { kind: 'other' };
}

/** What the client does not want any more: a call that has not gone out never does. */
export function cancel(use: Enforcement, message: JsonRpc, session: Session): Verdict {
  const { requestId } = paramsOf(message);
  if (!isRequestId(requestId)) return passedOn(message);
  const key = idKey(requestId);
  const request = session.inFlight.get(key);
  if (request?.kind === 'waiting') {
    request.withdraw();
    return DROPPED;
  }
  // Most servers never answer it, so that it would stay for as long as the session does.
  if (request !== undefined && request.kind !== 'initialize') session.inFlight.delete(key);
  if (request?.kind === 'call') callCancelled(use, key, request.call, session);
  return passedOn(message);
}

/** Withdraws the calls that wait for a person: the client is gone. */
export function withdrawWaiting({ inFlight }: Session): void {
  for (const request of inFlight.values()) if (request.kind === 'waiting') request.withdraw();
}

/** Keeps what the server says of itself when it answers `initialize`. */
export function initialized(message: JsonRpc, { agreed }: Session): JsonRpc {
  const { result } = message;
  if (!isObject(result)) return message;
  if (typeof result.protocolVersion === 'string') agreed.revision = result.protocolVersion.slice(0, 40);
  agreed.tellsOfLists = isObject(result.capabilities) && isObject(result.capabilities.tools);
  return promisingListChanges(message);
}
