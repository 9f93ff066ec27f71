import type { UserError } from '../../core/user-error.ts';
import type { JsonRpc } from '../message/json-rpc.ts';
import type { Headers } from './request-headers.ts';

/** What is known of the session with a server of an era that has them. */
export interface RemoteSession {
  /** Null where the server gave it none. */
  id: string | null;
  /** The negotiated revision. */
  revision: string | null;
  /** How the client opened it. */
  hello: JsonRpc | null;
  /** `over`: the server has ended it and the client does not know yet; `told`: it does. */
  state: 'live' | 'over' | 'told';
  /** A new one is being begun in the place of one that is over. */
  renewing: Promise<UserError | null> | null;
  /** What comes before it resolves would come before the session is there. */
  ready: Promise<unknown>;
  /** Where messages are posted to, where the server is of the kind that answers on a stream of its own. */
  postTo: URL | null;
  /** The stream for what the server wants to say unasked. */
  stream: AbortController | null;
}

export const newSession = (): RemoteSession => ({
  ...{ id: null, revision: null, hello: null, postTo: null, state: 'live', renewing: null, stream: null },
  ready: Promise.resolve(),
});

/** What says to the server which session a request is of. */
export const sessionHeaders = ({ id, revision }: RemoteSession): Headers => ({
  ...(id !== null && { 'mcp-session-id': id }),
  ...(revision !== null && { 'mcp-protocol-version': revision }),
});

/** Visible ASCII alone may be in one. */
export const sessionIdIn = (header: string | readonly string[] | undefined): string | null =>
  typeof header === 'string' && /^[\x21-\x7e]{1,8000}$/.test(header) ? header : null;
