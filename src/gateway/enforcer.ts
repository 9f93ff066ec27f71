import { randomUUID } from 'node:crypto';
import { attemptOf, entryOf, tell } from './attempt.ts';
import { answeredLate, callEnded, endUnanswered } from './call-end.ts';
import { decideCall } from './decide-call.ts';
import { denialOf, denialText } from './denial.ts';
import { createEndWriter } from './end-writer.ts';
import type { Enforcement, EnforcementOptions } from './enforcement.ts';
import { cancel, initialized, track, withdrawWaiting } from './in-flight.ts';
import { writeDenial } from './let-through.ts';
import { createNamesSeen, listChanged } from './list-changes.ts';
import { errorAnswer, idKey, isRequestId, type JsonRpc, paramsOf } from './message/json-rpc.ts';
import { ID_IN_FLIGHT, type MessageFault, messageFault } from './message/message-fault.ts';
import { namedTool } from './message/named-tool.ts';
import { visibleTools } from './message/tool-list.ts';
import { recordPolicy } from './record-policy.ts';
import { createRounds } from './rounds.ts';
import type { InFlight, Session } from './session.ts';
import { answered, DROPPED, passedOn, type Verdict } from './verdict.ts';
import { createWithdrawal } from './withdrawal.ts';

/** One policy, enforced on everything that passes between clients and a server. */
export interface Enforcer {
  /** What becomes of one message of the client. Only a call takes time. */
  fromClient(message: JsonRpc, session: Session): Verdict | Promise<Verdict>;
  /** Refuses what is not even a message, or could not be decided on; null: what came could not be read. */
  refuse(message: JsonRpc | null, fault: MessageFault, session: Session): Verdict;
  /** What the client gets of one message of the server: the very object that came, where nothing is to be changed. */
  fromServer(message: JsonRpc, session: Session): JsonRpc;
  /** Whether clients must not learn that there is such a tool. */
  isHidden(tool: string): boolean;
  /** Tells of a policy that shows other tools than the one before; returns how to stop that. */
  onListChange(listener: () => void): () => void;
  /** What a session has to be told where the list of tools changed. */
  listChanged(session: Session): JsonRpc[];
  /** Withdraws the calls that wait for a person: the client is gone. */
  withdrawWaiting(session: Session): void;
  /**
   * Withdraws what waits, and writes down that what is in flight will not be answered. For when the client or the
   * server is gone.
   */
  endSession(session: Session): void;
  /** Resolves when everything that was to be written is. */
  settled(): Promise<void>;
}

export function createEnforcer(options: EnforcementOptions): Enforcer {
  const ends = createEndWriter(options.store, (error) => {
    const message = error instanceof Error ? error.message : String(error);
    options.log({ event: 'state-failed', level: 'error', server: options.server, message });
  });
  const use: Enforcement = { ...options, rounds: createRounds(options.now), ends };
  use.policy.onRead((read) => recordPolicy(use, read));
  const names = createNamesSeen();
  const knows = (name: string): boolean => {
    const { rules, hides } = use.policy.current;
    return names.has(name) || rules.has(name) || hides(name);
  };

  return {
    fromClient(message, session) {
      const fault = messageFault(message);
      if (fault !== null) return refuse(use, session, message, fault);
      if (!('method' in message)) return fromAnswer(message, session);
      if (message.method === 'notifications/cancelled') return cancel(use, message, session);
      const tool = message.method === 'tools/call' ? String(paramsOf(message).name) : namedTool(message, knows);
      if (isRequestId(message.id) && session.inFlight.has(idKey(message.id)))
        return refuse(use, session, message, ID_IN_FLIGHT);
      if (tool === null) return track(message, session);
      if (message.method !== 'tools/call') return decideUnknown(use, message, tool, session);
      return call(use, message, tool, session);
    },
    refuse: (message, fault, session) => refuse(use, session, message, fault),
    fromServer(message, session) {
      if ('method' in message || !isRequestId(message.id)) return message;
      const key = idKey(message.id);
      const request = session.inFlight.get(key);
      // What comes again, as on a stream that a client takes up where it was cut off, is as private as the first time.
      if (request === undefined) {
        answeredLate(use, key, message, session);
        names.read(message);
        return use.isObserving ? message : visibleTools(message, use.policy.current);
      }
      if (request.kind === 'waiting') return message;
      session.inFlight.delete(key);
      if (request.kind === 'call') callEnded(use, request.call, message, session);
      if (request.kind === 'initialize') return initialized(message, session);
      if (request.kind !== 'list') return message;
      names.read(message);
      return use.isObserving ? message : visibleTools(message, use.policy.current);
    },
    isHidden: (tool) => !use.isObserving && use.policy.current.hides(tool),
    onListChange: (listener) =>
      use.policy.onChange((policy, before) => {
        if (!use.isObserving && !names.areShownAlike(policy, before)) listener();
      }),
    listChanged,
    withdrawWaiting,
    endSession(session) {
      withdrawWaiting(session);
      endUnanswered(use, session);
    },
    settled: ends.flush,
  };
}

async function call(use: Enforcement, message: JsonRpc, tool: string, session: Session): Promise<Verdict> {
  const withdrawal = createWithdrawal();
  const key = isRequestId(message.id) ? idKey(message.id) : null;
  const waiting: InFlight = { kind: 'waiting', withdraw: withdrawal.withdraw };
  const done = (verdict: Verdict): Verdict => {
    if (key !== null && verdict.forward === null && session.inFlight.get(key) === waiting) session.inFlight.delete(key);
    return verdict;
  };
  if (key !== null) session.inFlight.set(key, waiting);
  try {
    const verdict = await decideCall(use, message, tool, { session, withdrawal });
    if (verdict.later === undefined) return done(verdict);
    return { ...verdict, later: verdict.later.then(done) };
  } catch (error) {
    done(DROPPED);
    throw error;
  }
}

/** A method of no revision that names a tool is let through only where the policy would allow every call of it. */
async function decideUnknown(use: Enforcement, message: JsonRpc, tool: string, session: Session): Promise<Verdict> {
  const policy = await use.policy.refresh();
  const rule = policy.hides(tool) ? null : (policy.rules.get(tool) ?? policy.unlisted);
  const isFree =
    rule !== null && [rule.requires, rule.denials, rule.approvals, rule.limits].every(({ length }) => length === 0);
  if (isFree || use.isObserving) return track(message, session);
  const attempt = attemptOf(message, tool, { policy, session, withdrawal: createWithdrawal() });
  const decision = attempt.decision.outcome === 'deny' ? attempt.decision : NOT_A_CALL;
  tell(use, attempt, { event: 'denied', rule: decision.rule, message: decision.message });
  await writeDenial(use, attempt, decision);
  return answered(denialOf(message, denialText(decision, tool)));
}

const NOT_A_CALL = {
  rule: '(not a call)',
  message: 'This tool has conditions or limits, so that it can be called by tools/call alone.',
};

/** A refused message reaches nobody; who waits for its answer gets one. */
function refuse(
  use: Enforcement,
  session: Session,
  message: JsonRpc | null,
  { code, message: why }: MessageFault,
): Verdict {
  const { caller, grant } = session;
  use.log({ event: 'refused', level: 'warning', server: caller.server, grant, message: why });
  if (message === null) return answered(errorAnswer(null, code, why));
  if (message.method === 'tools/call') {
    const { name } = paramsOf(message);
    const call = { call: randomUUID(), tool: typeof name === 'string' ? name : '', argumentKeys: [], era: null };
    const record = entryOf(call, session, 'denied', { rule: '(not understood)', at: use.now(), latencyMs: 0 });
    use.ends.write(record);
  }
  return answered('id' in message && 'method' in message ? errorAnswer(message.id, code, why) : null);
}

/** Answers to our own questions stay here. */
function fromAnswer(message: JsonRpc, session: Session): Verdict {
  const settle = isRequestId(message.id) ? session.asked.get(idKey(message.id)) : undefined;
  if (settle !== undefined) {
    settle(message);
    return DROPPED;
  }
  // One that came too late means nothing to the server.
  const isOurs = typeof message.id === 'string' && message.id.startsWith(session.askPrefix);
  return isOurs ? DROPPED : passedOn(message);
}
