/** What the requests in a body wait for. */
import { isObject } from '../../core/tool.ts';
import type { ClientText } from '../message/client-text.ts';
import { idKey, isRequestId, type JsonRpc } from '../message/json-rpc.ts';
import { REPEATABLE } from '../message/methods.ts';
import type { Session } from '../session.ts';

/** The ids of the requests of a body, in its order. */
export function requestIds({ parts }: ClientText): (string | number)[] {
  return parts.flatMap((part) =>
    isObject(part) && typeof part.method === 'string' && isRequestId(part.id) ? [part.id] : [],
  );
}

/** Of these, the ones that went out, or are about to, and have no answer. */
export function unanswered(ids: readonly (string | number)[], { inFlight }: Session): (string | number)[] {
  return ids.filter((id) => {
    const request = inFlight.get(idKey(id));
    return request !== undefined && request.kind !== 'waiting';
  });
}

/** Withdraws what waits for a person: whoever asked is gone. */
export function withdrawWaitingOf(ids: readonly (string | number)[], { inFlight }: Session): void {
  for (const id of ids) {
    const request = inFlight.get(idKey(id));
    if (request?.kind === 'waiting') request.withdraw();
  }
}

/** Whether asking twice does no harm. */
export const isRepeatable = ({ parts }: ClientText): boolean =>
  parts.every((part) => isObject(part) && typeof part.method === 'string' && REPEATABLE.has(part.method));

/** The request that opens a session; null where the body is anything else. */
export function initializeIn({ parts, isBatch }: ClientText): JsonRpc | null {
  const [first] = parts;
  return !isBatch && isObject(first) && first.method === 'initialize' ? first : null;
}
