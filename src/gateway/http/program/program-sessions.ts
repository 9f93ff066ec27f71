import { randomBytes } from 'node:crypto';
import { isObject } from '../../../core/tool.ts';
import type { Caller } from '../../../io/state/store.ts';
import type { Grace } from '../../../io/stdio/process-group.ts';
import { INVALID_REQUEST, isRequestId } from '../../message/json-rpc.ts';
import { busy, NO_SESSION, type Refusal, refuse } from '../answer.ts';
import type { Exchange } from '../endpoint.ts';
import { openEventStream } from '../event-stream.ts';
import { type Held, Sessions } from '../sessions.ts';
import { Shares } from '../shares.ts';
import { createPostReply } from './post-reply.ts';
import type { Program } from './program.ts';
import { openProgramSession, type ProgramSession } from './program-session.ts';
import { startFailureText } from './shared-slot.ts';

/** The clients of the era of sessions, each with a program of its own. */
export interface ProgramSessions {
  serve(exchange: Exchange): Promise<void>;
  endIdle(): void;
  endWhere(isOver: (caller: Caller) => boolean): void;
  /** Resolves when all have ended, and their programs with them. */
  close(grace: Grace): Promise<void>;
}

/** An answer that takes longer is one that a client which loses its connection can take up again. */
const STREAM_AFTER_MS = 100;
/** The first revision whose clients understand an event that says nothing. */
const KNOWS_PRIMERS = '2025-11-25';

/** `told` learns why the program cannot be started, or that it can: null. */
export function createProgramSessions(program: Program, told: (trouble: string | null) => void): ProgramSessions {
  const { limits, name, log } = program;
  const endings = new Set<Promise<void>>();
  const ending = new Shares(limits.maxPrograms);
  const end = (session: ProgramSession, caller: Caller, { why, grace }: { why: string; grace?: Grace }): void => {
    const ended = session.end(why, grace);
    endings.add(ended);
    ending.take(caller);
    void ended.finally(() => {
      endings.delete(ended);
      ending.letGo(caller);
    });
  };
  const sessions = new Sessions<ProgramSession>({
    max: limits.maxPrograms,
    idleMs: limits.sessionIdleMs,
    now: Date.now,
    onEnd: ({ kept, caller }) => end(kept, caller, { why: 'The session has ended.' }),
  });

  async function open(exchange: Exchange): Promise<void> {
    const { body, response, caller, signal } = exchange;
    if (body === null) return;
    const [message] = body.parts;
    const id = isObject(message) ? message.id : undefined;
    // One that ends runs still.
    if (!ending.hasRoom(caller) || !sessions.reserve(caller))
      return refuse(response, { ...busy(`The server "${name}" has as many sessions as it may`), id });
    const sessionId = randomBytes(24).toString('base64url');
    let session: ProgramSession;
    try {
      session = await openProgramSession(program, exchange, () => sessions.end(sessionId));
    } catch (error) {
      sessions.letGo(caller);
      const why = startFailureText(error);
      told(why);
      log({ event: 'ended', level: 'error', server: name, grant: exchange.grant, message: why });
      return refuse(response, { status: 502, message: why, id });
    }
    let isOpen = false;
    const reply = createPostReply({
      ...limits,
      response,
      parts: body.parts,
      isBatch: false,
      openOutlet: null,
      streamAfterMs: STREAM_AFTER_MS,
      headers([answer = '{}']) {
        if (!('result' in (JSON.parse(answer) as object)) || signal.aborted) return {};
        isOpen = true;
        told(null);
        sessions.open(sessionId, caller, session);
        return { 'mcp-session-id': sessionId };
      },
    });
    const settled = (): void => {
      if (isSettled) return;
      isSettled = true;
      // Whoever does not know it cannot use it.
      if (isOpen) return;
      sessions.letGo(caller);
      told(session.failure);
      end(session, caller, { why: 'No session was opened.' });
    };
    let isSettled = false;
    void reply.done.then(settled);
    response.once('close', settled);
    if (signal.aborted) return settled();
    await session.post(exchange, reply);
  }

  async function post(exchange: Exchange, { id, kept }: Held<ProgramSession>): Promise<void> {
    const { body, response } = exchange;
    if (body === null) return;
    if (kept.isBusy) return refuse(response, busy('Too much of the session waits for an answer, or to be read'));
    response.once('close', sessions.use(id));
    const reply = createPostReply({
      ...limits,
      response,
      parts: body.parts,
      isBatch: body.isBatch,
      openOutlet: kept.events.open,
      streamAfterMs: STREAM_AFTER_MS,
      hasPrimer: knowsPrimers(kept),
    });
    await kept.post(exchange, reply);
  }

  function listen({ request, response }: Exchange, { id, kept: { events } }: Held<ProgramSession>): void {
    const lastSeen = request.headers['last-event-id'];
    const found = typeof lastSeen === 'string' ? events.after(lastSeen) : null;
    if (found === null && events.standalone.isOpen)
      return void refuse(response, { status: 409, message: 'Conflict: the session has a stream open already' });
    const outlet = found?.outlet ?? events.standalone;
    if (found !== null && outlet.isOver(found.seen)) {
      // What tells any reader of events not to come again.
      response.writeHead(204);
      return void response.end();
    }
    response.once('close', sessions.use(id));
    outlet.attach(openEventStream(response, limits), found?.seen);
  }

  async function serve(exchange: Exchange): Promise<void> {
    const { method, request, response, body, caller } = exchange;
    const problem = body === null ? null : problemOf(body.parts);
    if (problem !== null) return refuse(response, { status: 400, code: INVALID_REQUEST, message: problem });
    const sessionId = request.headers['mcp-session-id'];
    const initializes = body?.parts.some((part) => isObject(part) && part.method === 'initialize') === true;
    if (typeof sessionId !== 'string') {
      if (!initializes) return refuse(response, UNNAMED);
      if (body?.parts.length !== 1) return refuse(response, ALONE);
      return open(exchange);
    }
    const held = sessions.find(sessionId, caller);
    if (held === null) return refuse(response, NO_SESSION);
    if (initializes) return refuse(response, ALONE);
    if (method === 'POST') return post(exchange, held);
    if (method === 'GET') return listen(exchange, held);
    sessions.end(sessionId);
    response.writeHead(204);
    response.end();
  }

  return {
    serve,
    endIdle: () => sessions.endIdle(),
    endWhere: (isOver) => sessions.endWhere(({ caller }) => isOver(caller)),
    async close(grace) {
      sessions.endWhere(({ kept, caller }) => {
        end(kept, caller, { why: 'The gateway is ending.', grace });
        return true;
      });
      await Promise.all(endings);
    },
  };
}

const UNNAMED: Refusal = { status: 400, message: 'Bad Request: Mcp-Session-Id header is required' };
const ALONE: Refusal = {
  status: 400,
  code: INVALID_REQUEST,
  message: 'Invalid Request: initialize comes alone, and before there is a session',
};

/** What is no message could not be answered, and whoever sent it would wait for ever. */
function problemOf(parts: readonly unknown[]): string | null {
  for (const part of parts) {
    if (!isObject(part) || part.jsonrpc !== '2.0') return 'Invalid Request: a message of JSON-RPC 2.0 is needed';
    if ('id' in part && 'method' in part && !isRequestId(part.id))
      return 'Invalid Request: the id of a request is a text or a number';
  }
  return null;
}

const knowsPrimers = ({ revision }: ProgramSession): boolean => revision !== null && revision >= KNOWS_PRIMERS;
