import { randomBytes } from 'node:crypto';
import { isObject } from '../../core/tool.ts';
import type { Grace } from '../../io/process-group.ts';
import { within } from '../../io/within.ts';
import { INVALID_REQUEST, isRequestId } from '../json-rpc.ts';
import { busy, NO_SESSION, type Refusal, refuse } from './answer.ts';
import { createApprovedByCaller } from './approved-by-caller.ts';
import type { Endpoint, Exchange } from './endpoint.ts';
import { openEventStream } from './event-stream.ts';
import { createPostReply } from './program/post-reply.ts';
import type { Program } from './program/program.ts';
import { openProgramSession, type ProgramSession } from './program/program-session.ts';
import { createSharedSlot, startFailureText } from './program/shared-slot.ts';
import { serveStateless } from './program/stateless-exchange.ts';
import { type Held, Sessions } from './sessions.ts';

/** Whoever asked for the end of the gateway does not wait long. */
const GATEWAY_ENDS: Grace = { byItselfMs: 1200, whenAskedMs: 300 };
const ALL_ENDED_MS = 4000;
const LOOK_FOR_IDLE_MS = 60_000;
/** An answer that takes longer is one that a client which loses its connection can take up again. */
const STREAM_AFTER_MS = 100;
/** The first revision whose clients understand an event that says nothing. */
const KNOWS_PRIMERS = '2025-11-25';

/** A server that is a program on this machine: one for each session of the era that has them, one for all of the other. */
export function createProgramEndpoint(program: Program): Endpoint {
  const { limits, name, log } = program;
  const shared = createSharedSlot(program, Date.now);
  const approved = createApprovedByCaller(limits.sessionIdleMs, Date.now);
  let trouble: string | null = null;
  const stateless = new Map<Exchange, (why: string) => void>();
  const endings = new Set<Promise<void>>();
  let starting = 0;
  const end = (session: ProgramSession, why: string, grace?: Grace): void => {
    const ending = session.end(why, grace);
    endings.add(ending);
    void ending.finally(() => endings.delete(ending));
  };
  const sessions = new Sessions<ProgramSession>({
    max: limits.maxPrograms,
    idleMs: limits.sessionIdleMs,
    now: Date.now,
    onEnd: (session) => end(session, 'The session has ended.'),
  });
  const idleTimer = setInterval(
    () => {
      sessions.endIdle();
      shared.endIdle(limits.sessionIdleMs);
    },
    Math.min(LOOK_FOR_IDLE_MS, limits.sessionIdleMs),
  );
  idleTimer.unref();

  async function serveWithout(exchange: Exchange): Promise<void> {
    const { response, body, caller } = exchange;
    const [message] = body?.parts ?? [];
    const id = isObject(message) ? message.id : undefined;
    try {
      // Found out by a question of ours, and never by what a client wants done.
      if (shared.era === null) await shared.get();
      trouble = null;
    } catch (error) {
      trouble = startFailureText(error);
      return refuse(response, { status: 502, message: trouble, id });
    }
    // No code that this revision knows, so that clients of both eras go on with the other one.
    if (shared.era === 'stateful')
      return refuse(response, {
        status: 400,
        message: `Bad Request: the server "${name}" speaks revisions with sessions`,
        id,
      });
    if (exchange.signal.aborted) return;
    stateless.set(exchange, serveStateless(exchange, { program: shared.get, limits, approved: approved.of(caller) }));
    response.once('close', () => stateless.delete(exchange));
  }

  async function open(exchange: Exchange): Promise<void> {
    const { body, response, caller, signal } = exchange;
    if (body === null) return;
    const [message] = body.parts;
    const id = isObject(message) ? message.id : undefined;
    // One that ends runs still.
    if (endings.size >= limits.maxPrograms || !sessions.makeRoom(starting))
      return refuse(response, { ...busy(`The server "${name}" has as many sessions as it may`), id });
    const sessionId = randomBytes(24).toString('base64url');
    let session: ProgramSession;
    starting += 1;
    try {
      session = await openProgramSession(program, exchange, () => sessions.end(sessionId));
    } catch (error) {
      starting -= 1;
      trouble = startFailureText(error);
      log({ event: 'ended', level: 'error', server: name, grant: exchange.grant, message: trouble });
      return refuse(response, { status: 502, message: trouble, id });
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
        trouble = null;
        sessions.open(sessionId, caller, session);
        return { 'mcp-session-id': sessionId };
      },
    });
    const settled = (): void => {
      if (isSettled) return;
      isSettled = true;
      starting -= 1;
      // Whoever does not know it cannot use it.
      if (isOpen) return;
      trouble = session.failure;
      end(session, 'No session was opened.');
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
    if (kept.isBusy) return refuse(response, busy('Too many requests of the session wait for an answer'));
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
    const { method, request, response, body, caller, era } = exchange;
    if (era === 'stateless') return serveWithout(exchange);
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
    async serve(exchange) {
      const { response } = exchange;
      const closed = new Promise<void>((resolve) => response.once('close', resolve));
      await serve(exchange);
      // For whoever wants to know what is open still.
      if (!response.closed) await closed;
    },
    get trouble() {
      return trouble;
    },
    endSessions(isOver) {
      approved.endWhere(isOver);
      sessions.endWhere(({ caller }) => isOver(caller));
      for (const [{ caller, response }, endOne] of stateless) {
        if (!isOver(caller)) continue;
        endOne('The grant was revoked.');
        response.end();
      }
    },
    async close() {
      clearInterval(idleTimer);
      sessions.endWhere(({ kept }) => {
        end(kept, 'The gateway is ending.', GATEWAY_ENDS);
        return true;
      });
      for (const endOne of stateless.values()) endOne('The gateway is ending.');
      await within(Promise.all([...endings, shared.end(GATEWAY_ENDS)]), ALL_ENDED_MS);
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
