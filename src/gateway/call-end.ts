/** How a call that went out ended. */
import { isObject } from '../core/tool.ts';
import { entryOf } from './attempt.ts';
import type { Enforcement } from './enforcement.ts';
import type { JsonRpc } from './message/json-rpc.ts';
import type { CallInFlight, Session } from './session.ts';

/** Writes down what came for a call; where that asks for another round, its next message is expected. */
export function callEnded(use: Enforcement, call: CallInFlight, message: JsonRpc, session: Session): void {
  const { result } = message;
  if (isObject(result) && result.resultType === 'input_required')
    use.rounds.expect({ caller: session.caller, tool: call.tool, args: call.args }, result.requestState, call.call);
  const isError = !isObject(result) || result.isError === true;
  writeEnd(use, call, session, isError ? 'failed' : 'answered');
}

/** Writes down that the calls in flight will not be answered: the client or the server is gone. */
export function endUnanswered(use: Enforcement, session: Session): void {
  for (const [key, request] of session.inFlight) {
    if (request.kind !== 'call') continue;
    session.inFlight.delete(key);
    writeEnd(use, request.call, session, 'unanswered');
  }
}

function writeEnd(
  use: Enforcement,
  call: CallInFlight,
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
