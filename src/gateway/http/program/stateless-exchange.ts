import { isObject } from '../../../core/tool.ts';
import {
  errorAnswer,
  INTERNAL_ERROR,
  INVALID_REQUEST,
  isRequestId,
  type JsonRpc,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  paramsOf,
} from '../../message/json-rpc.ts';
import { serverText } from '../../message/server-text.ts';
import { type Passage, passText } from '../../pass-text.ts';
import { createSession, type Session } from '../../session.ts';
import { accept, refuse } from '../answer.ts';
import type { Exchange } from '../endpoint.ts';
import type { ListenerLimits } from '../listener-limits.ts';
import { plainOutlet } from './outlet.ts';
import { createPostReply } from './post-reply.ts';
import type { Asked, SharedProgram } from './shared-program.ts';

/** So that a client can see that we are there; before that the answer may still have a status of its own. */
const STREAM_AFTER_MS = 5000;

interface StatelessOptions {
  readonly program: () => Promise<SharedProgram>;
  /** What was approved for this caller. */
  readonly approved: Set<string>;
  readonly limits: ListenerLimits;
}

/** Serves one request of the era without sessions by the program that all share. Returns how to end it before its time. */
export function serveStateless(exchange: Exchange, options: StatelessOptions): (why: string) => void {
  const { body, response, enforcer, caller, grant, signal } = exchange;
  const [message] = body?.parts ?? [];
  const problem = problemOf(message);
  if (problem !== null || body === null || !isObject(message)) {
    refuse(response, {
      status: 400,
      code: INVALID_REQUEST,
      message: problem ?? 'Invalid Request',
      id: isObject(message) ? message.id : null,
    });
    return () => {};
  }
  // Ids mean nothing beyond a request here: whoever hangs up has cancelled.
  if (message.method === 'notifications/cancelled') {
    accept(response);
    return () => {};
  }
  const reply = createPostReply({
    ...options.limits,
    response,
    parts: body.parts,
    isBatch: false,
    openOutlet: plainOutlet,
    streamAfterMs: STREAM_AFTER_MS,
  });
  const session: Session = createSession({
    caller,
    grant,
    approved: options.approved,
    toClient(told) {
      if ('id' in told || !reply.isOpen) return false;
      void reply.tell(JSON.stringify(told));
      return true;
    },
  });
  const stopListening = enforcer.onListChange(() => {
    for (const told of enforcer.listChanged(session)) session.toClient(told);
  });
  let asked: Asked | null = null;
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    stopListening();
    asked?.cancel();
    enforcer.endSession(session);
  };
  const fail = (why: string): void => {
    void reply.answer(message.id, JSON.stringify(errorAnswer(message.id, INTERNAL_ERROR, why)), 502);
  };
  const answer = (messages: readonly JsonRpc[]): void => {
    for (const each of messages) void reply.answer(each.id, JSON.stringify(each));
  };

  const deliver = async (passage: Passage): Promise<void> => {
    answer(passage.answers);
    for (const later of passage.later) void later.then(deliver);
    if (passage.forward === null) return;
    const unreached = (): void =>
      void passage.unreached().then((messages) => {
        answer(messages);
        fail('The server has ended.');
      });
    if (isOver) return unreached();
    let program: SharedProgram;
    try {
      program = await options.program();
    } catch (error) {
      void passage.unreached();
      return fail(error instanceof Error ? error.message : String(error));
    }
    if (isOver) return unreached();
    const text = passage.forward.toString();
    const asker = {
      answer(answered: JsonRpc, answeredText: string) {
        const passed = enforcer.fromServer(answered, session);
        const passedText = passed === answered ? answeredText : serverText(passed);
        void reply.answer(message.id, passedText, statusOf(passed));
      },
      tell: (told: string) => void reply.tell(told),
      lost: fail,
      wantsLogs: wantsLogs(message),
    };
    if (message.method === 'subscriptions/listen') reply.stream();
    const sent = passage.forward === body.bytes ? message : (JSON.parse(text) as JsonRpc);
    asked = program.send(text, sent, 'id' in message ? asker : null, unreached);
  };

  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  void reply.done.then(end);
  void passText(body, enforcer, session).then(async (passage) => {
    await deliver(passage);
    reply.taken();
  });
  return (why) => {
    fail(why);
    end();
  };
}

function problemOf(message: unknown): string | null {
  if (!isObject(message) || message.jsonrpc !== '2.0') return 'Invalid Request: a message of JSON-RPC 2.0 is needed.';
  if (!('method' in message)) return 'Invalid Request: this revision has no answers of clients.';
  if ('id' in message && !isRequestId(message.id)) return 'Invalid Request: the id is neither a text nor a number.';
  return null;
}

const LOG_LEVEL = 'io.modelcontextprotocol/logLevel';

function wantsLogs(message: JsonRpc): boolean {
  const { _meta: meta } = paramsOf(message);
  return isObject(meta) && LOG_LEVEL in meta;
}

/** What the revision says of errors of the protocol; those of a method itself are answers as any other. */
const STATUSES: ReadonlyMap<unknown, number> = new Map([
  [PARSE_ERROR, 400],
  [INVALID_REQUEST, 400],
  [METHOD_NOT_FOUND, 404],
  [-32020, 400],
  [-32021, 400],
  [-32022, 400],
]);

const statusOf = ({ error }: JsonRpc): number => (isObject(error) ? (STATUSES.get(error.code) ?? 200) : 200);
