import type { Refusal } from '../../io/http/bounded-fetch.ts';
import { jsonRpcError } from '../../io/http/json-rpc-error.ts';
import { HEADER_MISMATCH } from '../http/era.ts';
import { type Exchange, isOnly } from './exchange.ts';
import { explainRemote } from './explain-remote.ts';
import { answerAll, giveUp, type Remote } from './remote.ts';
import { askedToWait, sessionEnded } from './remote-errors.ts';
import type { Headers } from './request-headers.ts';

interface Refused {
  readonly refusal: Refusal;
  /** Those of the request. */
  readonly headers: Headers;
  readonly retryAfter: string | undefined;
}

/** Tells the client of an answer that is no success: in the server's own words, where it has some for it. */
export async function refused(
  remote: Remote,
  exchange: Exchange,
  { refusal, headers, retryAfter = '' }: Refused,
): Promise<void> {
  const { session, spec } = remote;
  const { status, text } = refusal;
  const asksOf = headers['mcp-session-id'];
  if (asksOf !== undefined && isSessionOver(refusal)) {
    if (session.id === asksOf) session.state = exchange.asked.size > 0 ? 'told' : 'over';
    return giveUp(remote, exchange, sessionEnded(spec.name));
  }
  const said = status === 401 || status === 403 ? null : jsonRpcError(text);
  if (said !== null && exchange.asked.size > 0) {
    if (said.code === HEADER_MISMATCH) remote.schemas.forget();
    return answerAll(remote, exchange, said);
  }
  const explained = explainRemote(spec, null, refusal);
  const waits = explained.code === 'REQUEST_REFUSED' && /^\d{1,6}$/.test(retryAfter);
  const { because } = explained;
  const problem = waits ? askedToWait(spec.name, { because, seconds: retryAfter }) : explained;
  // Who only wants to find out of which revision the server is asks in another way next.
  if (isOnly(exchange, 'server/discover') && status < 500) return answerAll(remote, exchange, problem);
  await giveUp(remote, exchange, problem);
}

/** 404 by the protocol; many servers say it in words. */
function isSessionOver({ status, text }: Refusal): boolean {
  return (
    status === 404 || (status === 400 && /\bsession\b|not initialized/i.test(String(jsonRpcError(text)?.message ?? '')))
  );
}
