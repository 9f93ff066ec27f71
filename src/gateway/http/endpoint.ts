import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EndSignal } from '../../io/ending.ts';
import type { Caller } from '../../io/state/store.ts';
import type { Enforcer } from '../enforcer.ts';
import type { Log } from '../event.ts';
import type { ClientText } from '../message/client-text.ts';
import type { Era } from './era.ts';
import type { ListenerLimits } from './listener-limits.ts';

/** One request of a client that may speak to this server. */
export interface Exchange {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly caller: Caller;
  /** What the grant is called. */
  readonly grant: string;
  /** The policy of this grant for this server. */
  readonly enforcer: Enforcer;
  readonly era: Era;
  /** What was posted; null for GET and DELETE. */
  readonly body: ClientText | null;
  /** Aborted when the client is gone, or we are ending. */
  readonly signal: EndSignal;
}

/** What every endpoint is made with. */
export interface EndpointOptions {
  /** What the server is called. */
  readonly name: string;
  readonly limits: ListenerLimits;
  readonly log: Log;
}

/** One server, as it is offered under its own address. */
export interface Endpoint {
  /** Answers in any case. What it throws is a mistake of ours. */
  serve(exchange: Exchange): Promise<void>;
  /** Ends the sessions that a caller has no right to any more. */
  endSessions(isOver: (caller: Caller) => boolean): void;
  /** Why it cannot be used, as far as that is known; null where nothing is. For the one who runs us: no secrets. */
  readonly trouble: string | null;
  close(): Promise<void>;
}
