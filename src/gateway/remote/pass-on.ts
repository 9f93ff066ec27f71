import type { UserError } from '../../core/user-error.ts';
import { paramsOf } from '../message/json-rpc.ts';
import { learnSchemas, renewSession } from './ask-ourselves.ts';
import { type Exchange, isOnly } from './exchange.ts';
import { type Lost, loseAll, type Remote } from './remote.ts';
import { sessionEnded } from './remote-errors.ts';
import { sessionHeaders } from './remote-session.ts';
import { type Headers, mirroringHeaders, POST_HEADERS } from './request-headers.ts';
import { sendExchange } from './send-exchange.ts';

/** Sends what a client sent when its time has come: not before the session is there, nor after it is over. */
export async function passOn(remote: Remote, exchange: Exchange, lost: Lost): Promise<void> {
  const { session } = remote;
  if (exchange.revision !== null)
    return sendExchange(remote, exchange, { headers: await statelessHeaders(remote, exchange), lost });
  if (isOnly(exchange, 'initialize')) {
    session.stream?.abort();
    Object.assign(session, { id: null, revision: null, postTo: null, state: 'live', hello: exchange.messages[0] });
    session.ready = exchange.settled;
    return sendExchange(remote, exchange, { headers: POST_HEADERS, lost });
  }
  const before = session.ready;
  if (isOnly(exchange, 'notifications/initialized')) session.ready = exchange.settled;
  await before;
  if (session.state !== 'live') {
    // What is no request belongs to the session that is over.
    if (exchange.asked.size === 0) return;
    const problem = session.state === 'over' ? sessionEnded(remote.spec.name) : await renewed(remote);
    if (session.state === 'over') session.state = 'told';
    if (problem !== null) return loseAll(remote, exchange, lost, problem);
  }
  await sendExchange(remote, exchange, { headers: { ...POST_HEADERS, ...sessionHeaders(session) }, lost });
}

async function statelessHeaders(remote: Remote, { messages, revision }: Exchange): Promise<Headers> {
  const [message = {}] = messages;
  const version = revision ?? '';
  if (message.method !== 'tools/call') return mirroringHeaders(message, { revision: version, declared: [] });
  const tool = String(paramsOf(message).name);
  if (remote.schemas.of(tool) === null) await learnSchemas(remote, message, version);
  return mirroringHeaders(message, { revision: version, declared: remote.schemas.of(tool) ?? [] });
}

/** One new session for all that found the last one over. */
function renewed(remote: Remote): Promise<UserError | null> {
  const { session } = remote;
  session.renewing ??= renewSession(remote).finally(() => {
    session.renewing = null;
  });
  return session.renewing;
}
