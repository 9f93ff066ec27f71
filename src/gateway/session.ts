import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/tool.ts';
import type { Caller } from '../io/state/store.ts';
import { idKey, type JsonRpc } from './message/json-rpc.ts';

/** A request that has no answer yet. */
export type InFlight =
  | { readonly kind: 'other' | 'list' | 'initialize' }
  | { readonly kind: 'listen'; readonly id: string | number }
  | { readonly kind: 'call'; readonly call: CallInFlight }
  /** One that waits for a person and has not gone out. */
  | { readonly kind: 'waiting'; readonly withdraw: () => void };

export interface CallInFlight {
  readonly call: string;
  readonly tool: string;
  readonly args: unknown;
  readonly rule: string;
  readonly argumentKeys: readonly string[];
  readonly era: string | null;
  readonly sentAt: number;
}

/** Nobody knows how many more there will be, so that what the client said in it is not kept. */
export type CancelledCall = Omit<CallInFlight, 'args'>;

/** One client's connection. In the stateless era: all that one caller sends. */
export interface Session {
  readonly caller: Caller;
  /** What the audit calls the caller. */
  readonly grant: string;
  readonly inFlight: Map<string, InFlight>;
  /** Calls that went out and that the client does not want any more. Some servers answer nevertheless. */
  readonly cancelled: Map<string, CancelledCall>;
  /** What a person approved until the client leaves: a tool with the rule that asked. */
  readonly approved: Set<string>;
  readonly agreed: Agreed;
  readonly toClient: (message: JsonRpc) => boolean;
  readonly asked: Map<string, (answer: JsonRpc) => void>;
  /** Ids of ours begin so; no server can guess it. */
  readonly askPrefix: string;
}

/** What the handshake brought. */
interface Agreed {
  /** The negotiated revision; null before that, and in the stateless era. */
  revision: string | null;
  /** What the client can do. */
  capabilities: JsonObject;
  /** Done with a server that has tools: the client may be told of a changed list. */
  tellsOfLists: boolean;
}

interface NewSession {
  readonly caller: Caller;
  readonly grant: string;
  /** Sends the client a message of ours; false where there is no way to reach it. */
  readonly toClient: (message: JsonRpc) => boolean;
  /** What was approved already: in the stateless era all requests of a caller share it. */
  readonly approved?: Set<string>;
}

/** Random once: a session is made for every request of some clients. */
const OURS = randomBytes(9).toString('base64url');
let lastSession = 0;

export function createSession({ caller, grant, toClient, approved = new Set() }: NewSession): Session {
  return {
    caller,
    grant,
    toClient,
    inFlight: new Map(),
    cancelled: new Map(),
    approved,
    agreed: { revision: null, capabilities: {}, tellsOfLists: false },
    asked: new Map(),
    askPrefix: `policylayer-${OURS}-${lastSession++}-`,
  };
}

/** The same session as one of its requests sees it: what the client is told goes where the answer of that request goes. */
export function sessionThrough(session: Session, toClient: Session['toClient']): Session {
  return { ...session, toClient };
}

/**
 * Asks the client. Null where it cannot be reached, or where `signal` was aborted: then the client is told that its
 * answer is not wanted any more.
 */
export function askClient(
  session: Session,
  method: string,
  params: JsonObject,
  signal: AbortSignal,
): Promise<JsonRpc | null> {
  const id = `${session.askPrefix}${randomBytes(9).toString('base64url')}`;
  return new Promise((resolve) => {
    const settle = (answer: JsonRpc | null): void => {
      session.asked.delete(idKey(id));
      signal.removeEventListener('abort', withdraw);
      resolve(answer);
    };
    const withdraw = (): void => {
      session.toClient({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } });
      settle(null);
    };
    if (signal.aborted) return resolve(null);
    session.asked.set(idKey(id), settle);
    signal.addEventListener('abort', withdraw);
    if (!session.toClient({ jsonrpc: '2.0', id, method, params })) settle(null);
  });
}
