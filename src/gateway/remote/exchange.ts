import { isObject } from '../../core/tool.ts';
import { Ending } from '../../io/ending.ts';
import { idKey, isRequestId, type JsonRpc } from '../message/json-rpc.ts';
import { REPEATABLE } from '../message/methods.ts';
import { statelessRevision } from '../message/protocol-era.ts';

/** What is sent to the server in one piece, until the last of it is answered. */
export interface Exchange {
  readonly body: Buffer | string;
  readonly messages: readonly JsonRpc[];
  /** The requests that have no answer yet. */
  readonly asked: Map<string, JsonRpc>;
  /** Null for one of an era with sessions. */
  readonly revision: string | null;
  readonly ending: Ending;
  /** Resolves when all is answered, or will not be. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
  /** Takes the answer to what we ask ourselves, and the client never sees. */
  readonly keep?: (answer: JsonRpc) => void;
}

interface ExchangeParts {
  /** The revision of what has no place for one itself. */
  readonly revision?: string | null;
  readonly keep?: (answer: JsonRpc) => void;
}

export function exchangeOf(body: Buffer | string, { revision = null, keep }: ExchangeParts = {}): Exchange {
  const read: unknown = JSON.parse(body.toString());
  const messages: JsonRpc[] = (Array.isArray(read) ? read : [read]).filter(isObject);
  const asked = new Map<string, JsonRpc>();
  for (const message of messages)
    if (typeof message.method === 'string' && isRequestId(message.id)) asked.set(idKey(message.id), message);
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const [first] = messages;
  const own = messages.length === 1 && first !== undefined ? statelessRevision(first) : null;
  return {
    ...{ body, messages, asked, settled, settle },
    revision: own ?? (asked.size === 0 ? revision : null),
    ending: new Ending(),
    ...(keep !== undefined && { keep }),
  };
}

export const isOnly = ({ messages }: Exchange, method: string): boolean =>
  messages.length === 1 && messages[0]?.method === method;

/** Whether asking twice does no harm. */
export const isRepeatable = ({ messages }: Exchange): boolean =>
  messages.every(({ method }) => typeof method === 'string' && REPEATABLE.has(method));
