import { randomUUID } from 'node:crypto';
import type { HttpSpec } from '../../core/server-spec.ts';
import { openUpstream, UpstreamFailure } from '../../io/upstream.ts';
import type { Enforcer } from '../enforcer.ts';
import { createSession, type Session, sessionThrough } from '../session.ts';
import { answerText, busy, NO_SESSION, type Refusal, refuse } from './answer.ts';
import { createApprovedByCaller } from './approved-by-caller.ts';
import { initializeIn } from './body-requests.ts';
import type { Endpoint, EndpointOptions, Exchange } from './endpoint.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { isEventStream, refusalOf } from './relay-answer.ts';
import { eachEvent, type Relay, relayBody } from './relay-exchange.ts';
import { relayedHeaders } from './relayed-headers.ts';
import { Reply } from './reply.ts';
import { type Held, Sessions } from './sessions.ts';
import { watchedUpstream } from './watched-upstream.ts';

/** What is kept of a session of the era that has them. */
interface Kept {
  readonly session: Session;
  readonly enforcer: Enforcer;
  /** What the server calls it; null where it knows no sessions. */
  readonly upstreamSession: string | null;
  /** Streams that the client has open to be told things. */
  readonly streams: Set<EventStream>;
  readonly stopListening: () => void;
}

interface RelayOptions extends EndpointOptions {
  /** Where sign-ins are kept. */
  readonly userFolder: string;
}

const END_MS = 2000;
const MAX_IN_FLIGHT = 5000;

/** A server that is reached over HTTP itself: what clients may say is said to it, in the era that they speak. */
export function createRelayEndpoint(spec: HttpSpec, options: RelayOptions): Endpoint {
  const { name, limits } = options;
  const upstream = watchedUpstream(openUpstream(spec, { userFolder: options.userFolder }));
  const approved = createApprovedByCaller(limits.sessionIdleMs, Date.now);
  const sessions = new Sessions<Kept>({
    max: limits.maxSessions,
    idleMs: limits.sessionIdleMs,
    now: Date.now,
    onEnd({ session, enforcer, upstreamSession, streams, stopListening }) {
      stopListening();
      for (const stream of streams) stream.end();
      enforcer.endSession(session);
      if (upstreamSession === null) return;
      const ended = endUpstream(upstreamSession, session.revision).finally(() => ending.delete(ended));
      ending.add(ended);
    },
  });
  const ending = new Set<Promise<void>>();
  const sweep = setInterval(() => sessions.endIdle(), 60_000);
  sweep.unref();

  async function endUpstream(id: string, revision: string | null): Promise<void> {
    const headers = { 'mcp-session-id': id, ...(revision !== null && { 'mcp-protocol-version': revision }) };
    const signal = AbortSignal.timeout(END_MS);
    try {
      (await upstream.ask({ method: 'DELETE', headers, isRepeatable: true, signal })).body.resume();
    } catch {
      // The server ends what nobody uses by itself.
    }
  }

  const replyTo = ({ response, body }: Exchange): Reply =>
    new Reply(response, { ...limits, isBatch: body?.isBatch === true });

  async function stateless(exchange: Exchange): Promise<void> {
    const { caller, grant, enforcer, body } = exchange;
    if (body === null) return;
    const reply = replyTo(exchange);
    // The ids of a request mean something to its own connection alone.
    const session = createSession({ caller, grant, toClient: () => false, approved: approved.of(caller) });
    const stop = enforcer.onListChange(() => {
      for (const message of enforcer.listChanged(session)) reply.tell(message);
    });
    try {
      await relayBody(
        { ...options, upstream, exchange, session, upstreamSession: null, onAnswer: () => null },
        body,
        reply,
      );
    } finally {
      stop();
      enforcer.endSession(session);
    }
  }

  function newSession({ caller, grant, enforcer }: Exchange) {
    const streams = new Set<EventStream>();
    const toClient: Session['toClient'] = (message) => {
      const [stream] = streams;
      void stream?.send({ event: 'message', data: JSON.stringify(message) });
      return stream !== undefined;
    };
    const session = createSession({ caller, grant, toClient });
    return { session, enforcer, streams };
  }

  async function post(exchange: Exchange, body: NonNullable<Exchange['body']>): Promise<void> {
    const { request, response, caller, enforcer } = exchange;
    const reply = replyTo(exchange);
    const relayed = (session: Session, upstreamSession: string | null, onAnswer: Relay['onAnswer']) =>
      relayBody(
        {
          ...options,
          upstream,
          exchange,
          session: sessionThrough(session, (message) => reply.tell(message)),
          upstreamSession,
          onAnswer,
        },
        body,
        reply,
      );
    const initialize = initializeIn(body);
    if (initialize !== null) {
      if (!sessions.makeRoom()) return refuse(response, { ...busy('Too many sessions are open'), id: initialize.id });
      const opened = newSession(exchange);
      return relayed(opened.session, null, ({ status, headers }) => {
        if (status < 200 || status > 299) return null;
        const id = randomUUID();
        const upstreamSession = headers['mcp-session-id'];
        const stopListening = enforcer.onListChange(() => {
          for (const message of enforcer.listChanged(opened.session)) opened.session.toClient(message);
        });
        sessions.open(id, caller, {
          ...opened,
          upstreamSession: typeof upstreamSession === 'string' ? upstreamSession : null,
          stopListening,
        });
        reply.setHeader('mcp-session-id', id);
        return null;
      });
    }
    const id = request.headers['mcp-session-id'];
    if (id === undefined) {
      // Some servers know no sessions and answer whoever asks; those that do say so.
      const { session } = newSession(exchange);
      await relayed(session, null, () => null);
      return enforcer.endSession(session);
    }
    const held = sessions.find(String(id), caller);
    if (held === null) return refuse(response, NO_SESSION);
    if (held.kept.session.inFlight.size > MAX_IN_FLIGHT)
      return refuse(response, busy('Too many requests of this session have no answer yet'));
    const letGo = sessions.use(held.id);
    try {
      await relayed(held.kept.session, held.kept.upstreamSession, ({ status }) => overIn(held, status));
    } finally {
      letGo();
    }
  }

  /** A server that does not know the session any more has ended it: the client has to begin another. */
  function overIn({ id, kept }: Held<Kept>, status: number): Refusal | null {
    if (status !== 404 || kept.upstreamSession === null) return null;
    sessions.end(id);
    return NO_SESSION;
  }

  async function listen(exchange: Exchange, held: Held<Kept>): Promise<void> {
    const { request, response, signal } = exchange;
    const { session, upstreamSession, streams } = held.kept;
    const headers = relayedHeaders('GET', request.headers, upstreamSession);
    const answer = await upstream.ask({ method: 'GET', headers, isRepeatable: true, signal });
    // A server that has nothing to tell leaves us to tell of the policy.
    const isOurs = answer.status === 405 && request.headers['last-event-id'] === undefined;
    if (!isOurs && (answer.status !== 200 || !isEventStream(answer))) {
      answer.body.resume();
      return refuse(response, overIn(held, answer.status) ?? refusalOf(answer, name));
    }
    const stream = openEventStream(response, { ...limits, headers: { 'mcp-session-id': held.id } });
    streams.add(stream);
    stream.onClose(() => streams.delete(stream));
    if (isOurs) {
      answer.body.resume();
      return new Promise((resolve) => stream.onClose(resolve));
    }
    await eachEvent({ ...options, upstream, exchange, session }, answer, (event) => stream.send(event));
    stream.end();
  }

  async function withSession(exchange: Exchange): Promise<void> {
    const { request, response, caller, method } = exchange;
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return refuse(response, { status: 400, message: 'Bad Request: Mcp-Session-Id is missing' });
    const held = sessions.find(String(id), caller);
    if (held === null) return refuse(response, NO_SESSION);
    if (method === 'DELETE') {
      sessions.end(held.id);
      return answerText(response, '');
    }
    const letGo = sessions.use(held.id);
    try {
      await listen(exchange, held);
    } catch (error) {
      if (response.headersSent) return void response.end();
      if (exchange.signal.aborted) return void response.destroy();
      if (!(error instanceof UpstreamFailure)) throw error;
      refuse(response, { status: 502, message: `The server ${JSON.stringify(name)} could not be reached.` });
    } finally {
      letGo();
    }
  }

  return {
    get trouble() {
      return upstream.trouble();
    },
    serve(exchange) {
      if (exchange.era === 'stateless') return stateless(exchange);
      return exchange.body === null ? withSession(exchange) : post(exchange, exchange.body);
    },
    endSessions(isOver) {
      sessions.endWhere(({ caller }) => isOver(caller));
      approved.endWhere(isOver);
    },
    async close() {
      clearInterval(sweep);
      sessions.endAll();
      await Promise.all(ending);
      upstream.close();
    },
  };
}
