import { randomUUID } from 'node:crypto';
import type { Caller } from '../../io/state/store.ts';
import type { Upstream } from '../../io/upstream.ts';
import type { Enforcer } from '../enforcer.ts';
import { createSession, type Session } from '../session.ts';
import type { Exchange } from './endpoint.ts';
import type { EventStream } from './event-stream.ts';
import type { ListenerLimits } from './listener-limits.ts';
import { Sessions } from './sessions.ts';

/** A session with a server elsewhere, before the server has answered. */
interface NewRelaySession {
  readonly session: Session;
  readonly enforcer: Enforcer;
  /** Streams that the client has open to be told things. */
  readonly streams: Set<EventStream>;
}

export interface RelaySession extends NewRelaySession {
  /** What the server calls it; null where it knows no sessions. */
  readonly upstreamSession: string | null;
  readonly stopListening: () => void;
}

export interface RelaySessions {
  readonly sessions: Sessions<RelaySession>;
  /** Keeps one that the server has begun, and that room was reserved for; returns what the client calls it. */
  open(begun: NewRelaySession, caller: Caller, upstreamSession: unknown): string;
  /** Ends all, and resolves when their server was told. */
  close(): Promise<void>;
}

const END_MS = 2000;
const LOOK_FOR_IDLE_MS = 60_000;

export function newRelaySession({ caller, grant, enforcer }: Exchange): NewRelaySession {
  const streams = new Set<EventStream>();
  const toClient: Session['toClient'] = (message) => {
    const [stream] = streams;
    void stream?.send({ event: 'message', data: JSON.stringify(message) });
    return stream !== undefined;
  };
  return { session: createSession({ caller, grant, toClient }), enforcer, streams };
}

export function openRelaySessions(upstream: Upstream, limits: ListenerLimits): RelaySessions {
  const ending = new Set<Promise<void>>();
  const sessions = new Sessions<RelaySession>({
    max: limits.maxSessions,
    idleMs: limits.sessionIdleMs,
    now: Date.now,
    onEnd({ kept: { session, enforcer, upstreamSession, streams, stopListening } }) {
      stopListening();
      for (const stream of streams) stream.end();
      enforcer.endSession(session);
      if (upstreamSession === null) return;
      const ended = endUpstream(upstream, upstreamSession, session.agreed.revision).finally(() => ending.delete(ended));
      ending.add(ended);
    },
  });
  const sweep = setInterval(() => sessions.endIdle(), LOOK_FOR_IDLE_MS);
  sweep.unref();
  return {
    sessions,
    open(begun, caller, upstreamSession) {
      const { session, enforcer } = begun;
      const id = randomUUID();
      const stopListening = enforcer.onListChange(() => {
        for (const message of enforcer.listChanged(session)) session.toClient(message);
      });
      const named = typeof upstreamSession === 'string' ? upstreamSession : null;
      sessions.open(id, caller, { ...begun, upstreamSession: named, stopListening });
      return id;
    },
    async close() {
      clearInterval(sweep);
      sessions.endAll();
      await Promise.all(ending);
    },
  };
}

async function endUpstream(upstream: Upstream, id: string, revision: string | null): Promise<void> {
  const headers = { 'mcp-session-id': id, ...(revision !== null && { 'mcp-protocol-version': revision }) };
  const signal = AbortSignal.timeout(END_MS);
  try {
    (await upstream.ask({ method: 'DELETE', headers, isRepeatable: true, signal })).body.resume();
  } catch {
    // The server ends what nobody uses by itself.
  }
}
