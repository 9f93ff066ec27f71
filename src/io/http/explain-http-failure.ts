import { maskAddress } from '../../core/secrets/secret-looking.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import { innermost, innermostMessage, sentence } from '../innermost-message.ts';
import { type AnswerContext, explainAnswer } from '../session/explain-answer.ts';
import { RefusedRequest } from '../session/session.ts';
import { authorizationRequired, credentialsRefused } from './authorization-required.ts';
import type { Refusal } from './bounded-fetch.ts';
import {
  accessDenied,
  certificateNotTrusted,
  connectionFailed,
  connectionRefused,
  endpointNotFound,
  hostNotFound,
  notAnMcpEndpoint,
  redirectedElsewhere,
  requestRefused,
} from './http-errors.ts';
import { hasCredentials } from './http-request.ts';
import { jsonRpcError } from './json-rpc-error.ts';

type HttpContext = Omit<AnswerContext, 'lastWords'> & { readonly refusal: Refusal | null };

/** What a failed connection over HTTP means for the person. */
export function explainHttpFailure(spec: HttpSpec, error: unknown, context: HttpContext): UserError {
  const { refusal, isFlooded, redact } = context;
  const inner = innermost(error);
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  const because = sentence(redact(innermostMessage(error)));
  if (isFlooded || error instanceof RefusedRequest)
    return explainAnswer(spec.name, error, { ...context, lastWords: [] });
  if (refusal !== null) return explainRefusal(spec, refusal, redact);
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return hostNotFound(spec.name, because);
  if (code === 'ECONNREFUSED') return connectionRefused(spec.name, because);
  if (isTlsFailure(code)) return certificateNotTrusted(spec.name, withoutOpenSslPlaces(because));
  if (error instanceof TypeError && /^(?:fetch failed|terminated)$/.test(error.message))
    return connectionFailed(spec.name, because);
  if (/unexpected content type|is not valid json/i.test(because))
    return notAnMcpEndpoint(spec.name, because.replace(/: null\.$/, ': none.'));
  return explainAnswer(spec.name, error, { ...context, lastWords: [] });
}

function isTlsFailure(code: string): boolean {
  return /^(?:CERT_|ERR_TLS|ERR_SSL|EPROTO$|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/.test(code);
}

/** OpenSSL says where in its own source it was; the reason stands between. */
function withoutOpenSslPlaces(because: string): string {
  return because.replace(/^.*SSL routines:[^:]*:([^:]+):.*$/, '$1.');
}

function explainRefusal(spec: HttpSpec, refusal: Refusal, redact: (text: string) => string): UserError {
  const { name, url } = spec;
  const { status, mediaType, location, challenge } = refusal;
  const because = redact(`It answered with HTTP status ${status}${said(refusal)}.`);
  if (status === 401 || (status === 403 && /\binsufficient_scope\b/.test(challenge)))
    return (hasCredentials(spec) ? credentialsRefused : authorizationRequired)(name, {
      because,
      challenge,
      address: maskAddress(url),
    });
  if (status === 403) return accessDenied(name, because);
  if (location !== null && status < 400) {
    return redirectedElsewhere(name, redact(`It answered with a redirect to ${maskAddress(absolute(location, url))}.`));
  }
  if (status === 404 || status === 410) return endpointNotFound(name, because);
  if (status === 405 || (status < 500 && mediaType === 'text/html')) return notAnMcpEndpoint(name, because);
  return requestRefused(name, because);
}

/** Where a redirect leads: it may be given in relation to what was asked for. */
function absolute(location: string, asked: string): string {
  return URL.canParse(location, asked) ? new URL(location, asked).href : location;
}

/** What the server says itself, where it is more than a page for a browser. */
function said({ mediaType, text }: Refusal): string {
  const message = jsonRpcError(text)?.message;
  const [line = ''] = (typeof message === 'string' ? message : text).trim().split(/\r?\n/);
  if (mediaType === 'text/html' || line === '' || line.startsWith('<')) return '';
  return `: ${line.slice(0, 200).replace(/\.$/, '')}`;
}
