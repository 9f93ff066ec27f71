import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../io/state/store.ts';
import type { ClientText } from '../client-text.ts';
import type { Enforcer } from '../enforcer.ts';
import type { Era } from './era.ts';

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
  readonly signal: AbortSignal;
}

/** One server, as it is offered under its own address. */
export interface Endpoint {
  /** Answers in any case. What it throws is a mistake of ours. */
  serve(exchange: Exchange): Promise<void>;
  /** Ends the sessions that a caller has no right to any more. */
  endSessions(isOver: (caller: Caller) => boolean): void;
  close(): Promise<void>;
}
