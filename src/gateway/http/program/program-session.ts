import { isObject } from '../../../core/tool.ts';
import type { Grace } from '../../../io/stdio/process-group.ts';
import { within } from '../../../io/within.ts';
import { idKey, isRequestId, type JsonRpc, paramsOf } from '../../message/json-rpc.ts';
import { serverText } from '../../message/server-text.ts';
import { type Passage, passText } from '../../pass-text.ts';
import { createSession, type Session, sessionThrough } from '../../session.ts';
import type { Exchange } from '../endpoint.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { createPendingReplies } from './pending-replies.ts';
import type { PostReply } from './post-reply.ts';
import type { Program } from './program.ts';
import { exitText, runProgram } from './run-program.ts';

/** One client of the era of sessions, with a program of its own. */
export interface ProgramSession {
  readonly events: EventLog;
  /** The revision that was agreed on; null before that. */
  readonly revision: string | null;
  /** Why it ended by itself; null where it did not. */
  readonly failure: string | null;
  /** Whether so much waits, for an answer or to be read, that another request is too much. */
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
  const { name, log } = program;
  const events = createEventLog();
  const pending = createPendingReplies();
  let ending: Promise<void> | null = null;
  let failure: string | null = null;

  const session: Session = createSession({
    caller,
    grant,
    toClient(message) {
      const outlet = pending.outletOf(message) ?? events.standalone;
      // Nobody may ever fetch it; a notification can wait for that.
      if ('id' in message && !outlet.isOpen) return false;
      void outlet.push(JSON.stringify(message));
      return true;
    },
  });
  const { server, ended } = await runProgram(program, (message, text) => {
    const isWaitingForPerson = isRequestId(message.id) && session.inFlight.get(idKey(message.id))?.kind === 'waiting';
    const passed = enforcer.fromServer(message, session);
    const passedText = passed === message ? text : serverText(passed);
    if ('method' in message) return (pending.outletOf(message) ?? events.standalone).push(passedText);
    // What was not asked yet cannot have been answered.
    return isRequestId(message.id) && !isWaitingForPerson ? pending.settle(message.id, passedText) : undefined;
  });
  const stopListening = enforcer.onListChange(() => {
    for (const message of enforcer.listChanged(session)) session.toClient(message);
  });

  /** Before there is a session the request as a whole has failed. */
  const statusNow = (): number => (session.agreed.revision === null ? 502 : 200);
  const end = (why: string, grace: Grace = LEFT, status?: number): Promise<void> => {
    ending ??= (async () => {
      stopListening();
      const gone = server.end(grace);
      pending.failAll(why, status);
      events.standalone.finish();
      enforcer.endSession(session);
      await Promise.all([gone, enforcer.settled()]);
    })();
    return ending;
  };
  void ended.then((exit) => {
    const why = `The server "${name}" ended before it had answered (${exitText(exit)}).`;
    if (ending === null) {
      failure = why;
      log({ event: 'ended', level: 'error', server: name, grant, message: why });
    }
    void end(why, LEFT, statusNow());
    onEnd();
  });

  const deliver = async (passage: Passage, reply: PostReply): Promise<void> => {
    for (const message of passage.answers) pending.answerOwn(reply, message);
    for (const later of passage.later) void later.then((decided) => deliver(decided, reply));
    const { forward } = passage;
    if (forward === null) return;
    const lost = async (): Promise<void> => {
      for (const message of await passage.unreached()) pending.answerOwn(reply, message);
      // How it ended is known a moment later, and says more.
      await within(ended, ENDING_MS);
      for (const key of reply.unanswered()) pending.fail(reply, key, `The server "${name}" has ended.`, statusNow());
    };
    const line = typeof forward === 'string' ? `${forward}\n` : Buffer.concat([forward, NEWLINE]);
    await server.write(line, () => void lost());
  };
  /** An approval that nobody waits for is not worth a person's time. Whoever comes back is told what became of the call. */
  const withdraw = (reply: PostReply): void => {
    for (const key of reply.unanswered()) {
      const request = session.inFlight.get(key);
      if (request?.kind !== 'waiting' || !pending.isOf(reply, key)) continue;
      request.withdraw();
      pending.fail(reply, key, 'The call was not made: the client hung up while a person was asked.');
    }
  };

  return {
    events,
    get revision() {
      return session.agreed.revision;
    },
    get failure() {
      return failure;
    },
    get isBusy() {
      return pending.size >= MAX_WAITING || server.unread > program.limits.maxBodyBytes;
    },
    async post({ body, response }, reply) {
      if (body === null) return;
      const messages = body.parts.filter(isObject);
      pending.add(reply, messages.flatMap(progressTokenOf));
      response.once('close', () => withdraw(reply));
      // What a person is asked about a call comes with the answer to it.
      const asking = sessionThrough(session, (message) => {
        if (!reply.isOpen) return session.toClient(message);
        void reply.tell(JSON.stringify(message));
        return true;
      });
      await deliver(await passText(body, enforcer, asking), reply);
      for (const id of messages.flatMap(cancelledId)) pending.drop(id);
      reply.taken();
    },
    end,
  };
}

const NEWLINE = Buffer.from('\n');

function progressTokenOf(message: JsonRpc): string[] {
  const { _meta: meta } = paramsOf(message);
  return 'id' in message && isObject(meta) && isRequestId(meta.progressToken) ? [idKey(meta.progressToken)] : [];
}

function cancelledId(message: JsonRpc): (string | number)[] {
  const { requestId } = paramsOf(message);
  return message.method === 'notifications/cancelled' && isRequestId(requestId) ? [requestId] : [];
}
