/** How a call that went out ended. */
import { isObject } from '../core/tool.ts';
import { entryOf } from './attempt.ts';
import type { Enforcement } from './enforcement.ts';
import type { JsonRpc } from './message/json-rpc.ts';
import type { CallInFlight, CancelledCall, Session } from './session.ts';

/** Writes down what came for a call; where that asks for another round, its next message is expected. */
export function callEnded(use: Enforcement, call: CallInFlight, message: JsonRpc, session: Session): void {
  const { result } = message;
  if (isObject(result) && result.resultType === 'input_required')
    use.rounds.expect({ caller: session.caller, tool: call.tool, args: call.args }, result.requestState, call.call);
  writeEnd(use, call, session, endOf(message));
}

/** So many are remembered of those that were cancelled. */
const MAX_CANCELLED = 100;

export function callCancelled(
  use: Enforcement,
  key: string,
  { args: _, ...call }: CallInFlight,
  session: Session,
): void {
  const { cancelled } = session;
  const giveUp = (one: string): void => {
    const given = cancelled.get(one);
    if (given === undefined) return;
    cancelled.delete(one);
    writeEnd(use, given, session, 'unanswered');
  };
  giveUp(key);
  cancelled.set(key, call);
  const [oldest = key] = cancelled.keys();
  if (cancelled.size > MAX_CANCELLED) giveUp(oldest);
}

/** Writes down what came for a call that was cancelled. The client does not want it, so that no other round follows. */
export function answeredLate(use: Enforcement, key: string, message: JsonRpc, session: Session): void {
  const call = session.cancelled.get(key);
  if (call === undefined) return;
  session.cancelled.delete(key);
  writeEnd(use, call, session, endOf(message));
}

const endOf = ({ result }: JsonRpc): 'answered' | 'failed' =>
  !isObject(result) || result.isError === true ? 'failed' : 'answered';

/** Writes down that the calls in flight will not be answered: the client or the server is gone. */
export function endUnanswered(use: Enforcement, session: Session): void {
  for (const [key, request] of session.inFlight) {
    if (request.kind !== 'call') continue;
    session.inFlight.delete(key);
    writeEnd(use, request.call, session, 'unanswered');
  }
  for (const call of session.cancelled.values()) writeEnd(use, call, session, 'unanswered');
  session.cancelled.clear();
}

function writeEnd(
  use: Enforcement,
  call: CancelledCall,
  session: Session,
  outcome: 'answered' | 'failed' | 'unanswered',
): void {
  const entry = entryOf(call, session, outcome, {
    rule: call.rule,
    at: use.now(),
    latencyMs: performance.now() - call.sentAt,
  });
  use.ends.write(entry);
}
