import { randomUUID } from 'node:crypto';
import { isObject, type JsonObject } from '../../core/tool.ts';
import type { UserError } from '../../core/user-error.ts';
import { idKey, type JsonRpc } from '../message/json-rpc.ts';
import { type Exchange, exchangeOf } from './exchange.ts';
import { deliver, type Remote } from './remote.ts';
import { sessionNotRenewed } from './remote-errors.ts';
import { sessionHeaders } from './remote-session.ts';
import { type Headers, mirroringHeaders, POST_HEADERS } from './request-headers.ts';
import { sendExchange } from './send-exchange.ts';

/** Others wait for what we ask. */
const ASK_MS = 15_000;

/** Asks the server something the client did not ask, and never sees. */
async function ask(remote: Remote, message: JsonRpc, headers: Headers): Promise<JsonRpc> {
  const id = `policylayer-${randomUUID()}`;
  let answer: JsonRpc = { error: { message: 'It gave no answer.' } };
  const exchange: Exchange = exchangeOf(JSON.stringify({ ...message, id }), {
    keep: (kept) => {
      answer = kept;
    },
  });
  remote.inFlight.set(idKey(id), exchange);
  const timer = setTimeout(() => exchange.ending.abort(), ASK_MS);
  await sendExchange(remote, exchange, { headers, lost: () => {} });
  clearTimeout(timer);
  remote.inFlight.delete(idKey(id));
  return answer;
}

const MAX_PAGES = 50;

/** Learns the schemas of the tools, in the name of a call that needs them. A list that cannot be had is a list less. */
export async function learnSchemas(remote: Remote, call: JsonRpc, revision: string): Promise<void> {
  const meta = isObject(call.params) && isObject(call.params._meta) ? call.params._meta : {};
  const _meta = Object.fromEntries(Object.entries(meta).filter(([key]) => key.startsWith('io.modelcontextprotocol/')));
  let cursor: unknown;
  for (let page = 0; page < MAX_PAGES; page++) {
    const params = { _meta, ...(cursor !== undefined && { cursor }) };
    const message = { jsonrpc: '2.0', method: 'tools/list', params };
    const { result } = await ask(remote, message, mirroringHeaders(message, { revision, declared: [] }));
    if (!isObject(result) || typeof result.nextCursor !== 'string') return;
    cursor = result.nextCursor;
  }
}

/** Begins a new session as the client began the first one. Null where that worked. */
export async function renewSession(remote: Remote): Promise<UserError | null> {
  const { session, spec } = remote;
  const { hello, revision } = session;
  if (hello === null) return null;
  session.stream?.abort();
  session.postTo = null;
  const { result, error } = await ask(remote, hello, POST_HEADERS);
  const because = isObject(error) ? String(error.message) : 'It gave no answer.';
  if (!isObject(result)) return sessionNotRenewed(spec.name, because);
  if (result.protocolVersion !== revision)
    return sessionNotRenewed(spec.name, 'It speaks another revision of the protocol than before.');
  const initialized = exchangeOf(JSON.stringify(INITIALIZED));
  await sendExchange(remote, initialized, { headers: { ...POST_HEADERS, ...sessionHeaders(session) }, lost: () => {} });
  session.state = 'live';
  const { capabilities } = result;
  if (isObject(capabilities) && isObject(capabilities.tools)) await deliver(remote, JSON.stringify(LIST_CHANGED));
  return null;
}

const INITIALIZED: JsonObject = { jsonrpc: '2.0', method: 'notifications/initialized' };
/** Who ended the session may have been started anew, with other tools. */
const LIST_CHANGED: JsonObject = { jsonrpc: '2.0', method: 'notifications/tools/list_changed' };
