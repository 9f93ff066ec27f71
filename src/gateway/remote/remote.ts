import type { HttpSpec } from '../../core/server/server-spec.ts';
import { isObject, type JsonObject } from '../../core/tool.ts';
import type { UserError } from '../../core/user-error.ts';
import type { Upstream } from '../../io/upstream.ts';
import { idKey, isRequestId, type JsonRpc } from '../message/json-rpc.ts';
import type { Exchange } from './exchange.ts';
import { oneLine } from './explain-remote.ts';
import type { RemoteSession } from './remote-session.ts';
import type { ToolSchemas } from './tool-schemas.ts';

/** A server elsewhere, as one client talks to it. */
export interface Remote {
  readonly spec: HttpSpec;
  readonly upstream: Upstream;
  /** By the ids of the requests that have no answer yet. */
  readonly inFlight: Map<string, Exchange>;
  readonly session: RemoteSession;
  readonly schemas: ToolSchemas;
  /** Writes one line to the client; resolves when there is room for more. */
  readonly write: (line: string) => Promise<void>;
  /** Tells whoever watches the gateway. */
  readonly tell: (problem: UserError) => void;
}

/** Called where something surely did not arrive, with the reason. */
export type Lost = (because: string) => void;

const UNAVAILABLE = -32000;

/** Passes on what the server said, without the credentials that it may echo. */
export async function deliver(remote: Remote, text: string): Promise<void> {
  const line = onOneLine(masked(text, remote.upstream.mask));
  const read = parsed(line);
  const messages = (Array.isArray(read) ? read : [read]).filter(isObject);
  const kept = messages.filter((message) => take(remote, message));
  if (kept.length === 0 || kept.length < messages.length) await remote.write(line);
}

/** Notes what a message of the server means for us; true where it is for nobody else. */
function take({ inFlight, session, schemas }: Remote, message: JsonRpc): boolean {
  if (message.method === 'notifications/tools/list_changed') schemas.forget();
  if ('method' in message || !isRequestId(message.id)) return false;
  const key = idKey(message.id);
  const exchange = inFlight.get(key);
  const request = exchange?.asked.get(key);
  if (exchange === undefined || request === undefined) return false;
  inFlight.delete(key);
  exchange.asked.delete(key);
  const { result } = message;
  if (request.method === 'initialize' && isObject(result) && exchange.keep === undefined)
    session.revision = typeof result.protocolVersion === 'string' ? result.protocolVersion : null;
  if (request.method === 'tools/list' && exchange.revision !== null && isObject(result)) schemas.learn(result);
  if (exchange.asked.size === 0) exchange.settle();
  exchange.keep?.(message);
  return exchange.keep !== undefined;
}

/** Answers what is left of an exchange in the server's stead. */
export async function answerAll(remote: Remote, { asked }: Exchange, error: UserError | JsonObject): Promise<void> {
  const told = error instanceof Error ? { code: UNAVAILABLE, message: oneLine(error) } : error;
  for (const { id } of [...asked.values()]) await deliver(remote, JSON.stringify({ jsonrpc: '2.0', id, error: told }));
}

/** The same, and tells whoever watches the gateway. */
export async function giveUp(remote: Remote, exchange: Exchange, problem: UserError): Promise<void> {
  remote.tell(problem);
  await answerAll(remote, exchange, problem);
}

/** What surely did not arrive: calls are given back to their limits, and everything is answered. */
export async function loseAll(remote: Remote, exchange: Exchange, lost: Lost, error: UserError): Promise<void> {
  for (const [key, { method }] of exchange.asked) {
    if (method !== 'tools/call') continue;
    exchange.asked.delete(key);
    remote.inFlight.delete(key);
  }
  lost(remote.upstream.mask(oneLine(error)));
  await answerAll(remote, exchange, error);
}

/** A credential of digits alone may stand there as a number, which is nobody's credential; in its place no JSON would be left. */
function masked(text: string, mask: (text: string) => string): string {
  const whole = mask(text);
  if (whole === text || parsed(whole) !== undefined) return whole;
  const read = parsed(text);
  if (read === undefined) return whole;
  return JSON.stringify(read, (_, value: unknown) => (typeof value === 'string' ? mask(value) : value));
}

/** A line end in JSON can only stand between its tokens. */
const onOneLine = (text: string): string => (/[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, ' ') : text);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
