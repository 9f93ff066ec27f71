import type { HttpSpec } from '../../core/server/server-spec.ts';
import { openUpstream, UpstreamFailure } from '../../io/upstream.ts';
import { createSession, type Session, sessionThrough } from '../session.ts';
import { answerText, busy, NO_SESSION, type Refusal, refuse } from './answer.ts';
import { createApprovedByCaller } from './approved-by-caller.ts';
import { initializeIn } from './body-requests.ts';
import type { Endpoint, EndpointOptions, Exchange } from './endpoint.ts';
import { openEventStream } from './event-stream.ts';
import { isEventStream, refusalOf } from './relay-answer.ts';
import { eachEvent, type Relay, relayBody } from './relay-exchange.ts';
import { newRelaySession, openRelaySessions, type RelaySession } from './relay-sessions.ts';
import { relayedHeaders } from './relayed-headers.ts';
import { Reply } from './reply.ts';
import type { Held } from './sessions.ts';
import { watchedUpstream } from './watched-upstream.ts';

interface RelayOptions extends EndpointOptions {
  /** Where sign-ins are kept. */
  readonly userFolder: string;
}

const MAX_IN_FLIGHT = 5000;

/** A server that is reached over HTTP itself: what clients may say is said to it, in the era that they speak. */
export function createRelayEndpoint(spec: HttpSpec, options: RelayOptions): Endpoint {
  const { name, limits, log } = options;
  const upstream = watchedUpstream(openUpstream(spec, { userFolder: options.userFolder }));
  const approved = createApprovedByCaller(limits.sessionIdleMs, Date.now);
  const relayed = openRelaySessions(upstream, limits);
  const { sessions } = relayed;
  const shared = { name, limits, log, upstream };

  const replyTo = ({ response, body }: Exchange): Reply =>
    new Reply(response, { limits, isBatch: body?.isBatch === true });

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
      await relayBody({ exchange, session, upstreamSession: null, onAnswer: () => null, ...shared }, body, reply);
    } finally {
      stop();
      enforcer.endSession(session);
    }
  }

  async function post(exchange: Exchange, body: NonNullable<Exchange['body']>): Promise<void> {
    const { request, response, caller, enforcer } = exchange;
    const reply = replyTo(exchange);
    const relay = (held: Session, upstreamSession: string | null, onAnswer: Relay['onAnswer']) => {
      const session = sessionThrough(held, (message) => reply.tell(message));
      return relayBody({ exchange, session, upstreamSession, onAnswer, ...shared }, body, reply);
    };
    const initialize = initializeIn(body);
    if (initialize !== null) {
      if (!sessions.reserve(caller))
        return refuse(response, { ...busy('Too many sessions are open'), id: initialize.id });
      const opened = newRelaySession(exchange);
      let isOpen = false;
      try {
        return await relay(opened.session, null, ({ status, headers }) => {
          if (status < 200 || status > 299) return null;
          const id = relayed.open(opened, caller, headers['mcp-session-id']);
          isOpen = true;
          reply.setHeader('mcp-session-id', id);
          return null;
        });
      } finally {
        if (!isOpen) sessions.letGo(caller);
      }
    }
    const id = request.headers['mcp-session-id'];
    if (id === undefined) {
      // Some servers know no sessions and answer whoever asks; those that do say so.
      const { session } = newRelaySession(exchange);
      await relay(session, null, () => null);
      return enforcer.endSession(session);
    }
    const held = sessions.find(String(id), caller);
    if (held === null) return refuse(response, NO_SESSION);
    if (held.kept.session.inFlight.size > MAX_IN_FLIGHT)
      return refuse(response, busy('Too many requests of this session have no answer yet'));
    const letGo = sessions.use(held.id);
    try {
      await relay(held.kept.session, held.kept.upstreamSession, ({ status }) => overIn(held, status));
    } finally {
      letGo();
    }
  }

  /** A server that does not know the session any more has ended it: the client has to begin another. */
  function overIn({ id, kept }: Held<RelaySession>, status: number): Refusal | null {
    if (status !== 404 || kept.upstreamSession === null) return null;
    sessions.end(id);
    return NO_SESSION;
  }

  async function listen(exchange: Exchange, held: Held<RelaySession>): Promise<void> {
    const { request, response, signal, era } = exchange;
    const { session, upstreamSession, streams } = held.kept;
    const headers = relayedHeaders('GET', request.headers, { era, session: upstreamSession });
    const answer = await upstream.ask({ method: 'GET', headers, isRepeatable: true, signal });
    // A server that has nothing to tell leaves us to tell of the policy.
    const isOurs = answer.status === 405 && request.headers['last-event-id'] === undefined;
    if (!isOurs && (answer.status !== 200 || !isEventStream(answer))) {
      answer.body.resume();
      return refuse(response, overIn(held, answer.status) ?? refusalOf(answer, name));
    }
    const stream = openEventStream(response, limits, { 'mcp-session-id': held.id });
    streams.add(stream);
    stream.onClose(() => streams.delete(stream));
    if (isOurs) {
      answer.body.resume();
      return new Promise((resolve) => stream.onClose(resolve));
    }
    // A server that says nothing would else not hear that nobody listens any more.
    stream.onClose(() => answer.body.destroy());
    await eachEvent({ exchange, session, ...shared }, answer, (event) => stream.send(event));
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
      await relayed.close();
      upstream.close();
    },
  };
}
