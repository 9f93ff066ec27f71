import { isObject } from '../../../core/tool.ts';
import type { Grace } from '../../../io/process-group.ts';
import { within } from '../../../io/within.ts';
import { errorAnswer, INTERNAL_ERROR, idKey, isRequestId, type JsonRpc, paramsOf } from '../../json-rpc.ts';
import { type Passage, passText } from '../../pass-text.ts';
import { createSession, type Session, sessionThrough } from '../../session.ts';
import type { Exchange } from '../endpoint.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import type { Outlet } from './outlet.ts';
import type { PostReply } from './post-reply.ts';
import type { Program } from './program.ts';
import { exitText, type RunningProgram, runProgram } from './run-program.ts';

/** One client of the era of sessions, with a program of its own. */
export interface ProgramSession {
  readonly events: EventLog;
  /** The revision that was agreed on; null before that. */
  readonly revision: string | null;
  /** Why it ended by itself; null where it did not. */
  readonly failure: string | null;
  /** Whether so many requests wait for an answer that another one is too much. */
  readonly isBusy: boolean;
  /** Passes on what was posted; `reply` gets what becomes of it. */
  post(exchange: Exchange, reply: PostReply): Promise<void>;
  /** Ends it, and the program with it. Every request gets an answer that says why. */
  end(why: string, grace?: Grace): Promise<void>;
}

/** A client that has left wants its calls to come to an end. */
const LEFT: Grace = { byItselfMs: 10_000, whenAskedMs: 3000 };
const MAX_WAITING = 1000;
/** How long one that reads nothing any more may take to end. */
const ENDING_MS = 1000;

/** Starts a program for one client. `onEnd` is told when it has ended by itself. Throws UserError where it cannot start. */
export async function openProgramSession(
  program: Program,
  { caller, grant, enforcer }: Pick<Exchange, 'caller' | 'grant' | 'enforcer'>,
  onEnd: () => void,
): Promise<ProgramSession> {
  const events = createEventLog();
  const waiting = new Map<string, PostReply>();
  const progress = new Map<string, PostReply>();
  let ending: Promise<void> | null = null;
  let failure: string | null = null;

  /** What belongs to no request goes where the client surely listens. */
  const outletFor = (message: JsonRpc): Pick<Outlet, 'push' | 'isOpen'> => {
    const { progressToken } = paramsOf(message);
    const asked = isRequestId(progressToken) ? progress.get(idKey(progressToken)) : undefined;
    const open = [...waiting.values()].filter(({ isOpen }) => isOpen).at(-1);
    const reply = asked ?? open;
    return reply === undefined ? events.standalone : { isOpen: reply.isOpen, push: reply.tell };
  };
  const session: Session = createSession({
    caller,
    grant,
    toClient(message) {
      const outlet = outletFor(message);
      // Nobody may ever fetch it; a notification can wait for that.
      if ('id' in message && !outlet.isOpen) return false;
      void outlet.push(JSON.stringify(message));
      return true;
    },
  });
  const settle = (key: string, id: unknown, text: string, status?: number): Promise<unknown> | undefined => {
    const reply = waiting.get(key);
    waiting.delete(key);
    return reply?.answer(id, text, status);
  };
  const drop = (key: string, id: unknown): void => {
    const reply = waiting.get(key);
    waiting.delete(key);
    reply?.drop(id);
  };
  const running: RunningProgram = await runProgram(program, (message, text) => {
    const isWaitingForPerson = isRequestId(message.id) && session.inFlight.get(idKey(message.id))?.kind === 'waiting';
    const passed = enforcer.fromServer(message, session);
    const passedText = passed === message ? text : JSON.stringify(passed);
    if ('method' in message) return outletFor(message).push(passedText);
    // What was not asked yet cannot have been answered.
    if (!isRequestId(message.id) || isWaitingForPerson) return undefined;
    return settle(idKey(message.id), message.id, passedText);
  });
  const stopListening = enforcer.onListChange(() => {
    for (const message of enforcer.listChanged(session)) session.toClient(message);
  });
  const { server } = running;

  /** Before there is a session the request as a whole has failed. */
  const statusNow = (): number => (session.revision === null ? 502 : 200);
  const fail = (reply: PostReply, why: string, status?: number): void => {
    for (const key of reply.unanswered()) {
      if (waiting.get(key) === reply) waiting.delete(key);
      void reply.answer(idOf(key), errorText(idOf(key), INTERNAL_ERROR, why), status);
    }
  };
  const end = (why: string, grace: Grace = LEFT, status?: number): Promise<void> => {
    ending ??= (async () => {
      stopListening();
      const ended = server.end(grace);
      for (const reply of new Set(waiting.values())) fail(reply, why, status);
      events.standalone.finish();
      enforcer.endSession(session);
      await Promise.all([ended, enforcer.settled()]);
    })();
    return ending;
  };
  void running.ended.then((exit) => {
    const why = `The server "${program.name}" ended before it had answered (${exitText(exit)}).`;
    if (ending === null) failure = why;
    if (ending === null) program.log({ event: 'ended', level: 'error', server: program.name, grant, message: why });
    void end(why, LEFT, statusNow());
    onEnd();
  });

  const deliver = async (passage: Passage, reply: PostReply): Promise<void> => {
    const answer = (messages: readonly JsonRpc[]): void => {
      for (const message of messages) {
        void reply.answer(message.id, JSON.stringify(message));
        const key = isRequestId(message.id) ? idKey(message.id) : '';
        if (waiting.get(key) === reply && !reply.unanswered().includes(key)) waiting.delete(key);
      }
    };
    answer(passage.answers);
    for (const later of passage.later) void later.then((decided) => deliver(decided, reply));
    const { forward } = passage;
    if (forward === null) return;
    const lost = async (): Promise<void> => {
      answer(await passage.unreached());
      // How it ended is known a moment later, and says more.
      await within(running.ended, ENDING_MS);
      fail(reply, `The server "${program.name}" has ended.`, statusNow());
    };
    await server.write(
      typeof forward === 'string' ? `${forward}\n` : Buffer.concat([forward, NEWLINE]),
      () => void lost(),
    );
  };
  /** An approval that nobody waits for is not worth a person's time. */
  const withdraw = (reply: PostReply): void => {
    for (const key of reply.unanswered()) {
      const request = session.inFlight.get(key);
      if (request?.kind !== 'waiting' || waiting.get(key) !== reply) continue;
      request.withdraw();
      drop(key, idOf(key));
    }
  };

  return {
    events,
    get revision() {
      return session.revision;
    },
    get failure() {
      return failure;
    },
    get isBusy() {
      return waiting.size >= MAX_WAITING;
    },
    async post({ body, response }, reply) {
      if (body === null) return;
      const messages = body.parts.filter(isObject);
      const keys = reply.unanswered();
      for (const key of keys) if (!waiting.has(key)) waiting.set(key, reply);
      const tokens = messages.flatMap(progressTokenOf);
      for (const token of tokens) progress.set(token, reply);
      response.once('close', () => withdraw(reply));
      void reply.done.then(() => {
        for (const token of tokens) if (progress.get(token) === reply) progress.delete(token);
      });
      // What a person is asked about a call comes with the answer to it.
      const asking = sessionThrough(session, (message) => {
        if (!reply.isOpen) return session.toClient(message);
        void reply.tell(JSON.stringify(message));
        return true;
      });
      await deliver(await passText(body, enforcer, asking), reply);
      for (const id of messages.flatMap(cancelledId)) drop(idKey(id), id);
      reply.taken();
    },
    end,
  };
}

const NEWLINE = Buffer.from('\n');

const errorText = (id: unknown, code: number, message: string): string =>
  JSON.stringify(errorAnswer(id, code, message));

/** The id that a key was made of. */
const idOf = (key: string): string | number => (key.startsWith('n') ? Number(key.slice(1)) : key.slice(1));

function progressTokenOf(message: JsonRpc): string[] {
  const { _meta: meta } = paramsOf(message);
  return 'id' in message && isObject(meta) && isRequestId(meta.progressToken) ? [idKey(meta.progressToken)] : [];
}

function cancelledId(message: JsonRpc): (string | number)[] {
  const { requestId } = paramsOf(message);
  return message.method === 'notifications/cancelled' && isRequestId(requestId) ? [requestId] : [];
}
