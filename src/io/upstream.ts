/** Requests to a server elsewhere, with the credentials it asks for. They go to the one origin it was named with. */
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  Agent as PlainAgent,
  request as requestPlainly,
} from 'node:http';
import { request as requestSafely, Agent as SafeAgent } from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { HttpSpec } from '../core/server/server-spec.ts';
import type { EndSignal } from './ending.ts';
import { credentialMask } from './http/credential-mask.ts';
import { hasCredentials, httpRequest } from './http/http-request.ts';
import { keptToken, renewedToken } from './oauth/renew-token.ts';
import { signInStore } from './oauth/sign-in-store.ts';
import { clientIdentity } from './session/client-identity.ts';

export interface UpstreamRequest {
  readonly method: 'POST' | 'GET' | 'DELETE';
  /** Another one of the same origin, in the place of the server's own. */
  readonly address?: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** Whether asking twice does no harm: then a connection that broke before the answer is tried once more. */
  readonly isRepeatable: boolean;
  readonly signal: EndSignal;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

export interface Upstream {
  /** Rejects with UpstreamFailure where there is no answer. */
  ask(request: UpstreamRequest): Promise<UpstreamAnswer>;
  /** Text of the server without the credentials it was given: some echo what they get. */
  mask(text: string): string;
  close(): void;
}

/** There was no answer. */
export class UpstreamFailure extends Error {
  /** Whether the server may have got the request. */
  readonly hasArrived: boolean;

  constructor(cause: unknown, { hasArrived }: { readonly hasArrived: boolean }) {
    super('There was no answer.', { cause });
    this.hasArrived = hasArrived;
  }
}

const CONNECT_MS = 10_000;
/**
 * Many servers give up a connection that was idle for 5 seconds. A call that goes out just then is lost, and may not be
 * made again, since nobody knows whether it arrived.
 */
const IDLE_MS = 4000;
/** How soon a connection is asked whether the other end is still there, while an answer is waited for. */
const PROBE_AFTER_MS = 30_000;
const MAX_REDIRECTS = 3;
const GIVEN_UP = 'It was given up.';
/** A sign-in may be renewed by another process at any time. */
const TOKEN_READ_MS = 5000;

interface UpstreamOptions {
  /** Where sign-ins are kept; without it none is used. */
  readonly userFolder?: string | undefined;
}

export function openUpstream(spec: HttpSpec, { userFolder }: UpstreamOptions = {}): Upstream {
  const { url, headers } = httpRequest(spec);
  const isSafe = url.protocol === 'https:';
  const agent = new (isSafe ? SafeAgent : PlainAgent)({ keepAlive: true, timeout: IDLE_MS });
  const masks = credentialMask(spec);
  // Some servers serve nobody who does not say so.
  const { name, version } = clientIdentity();
  const named = { 'user-agent': `${name}/${version}`, 'accept-encoding': 'identity' };
  const bearer = userFolder === undefined || hasCredentials(spec) ? null : bearerOf(spec, userFolder, masks.add);

  const placeOf = (address: URL) => {
    const { protocol, hostname, port, path } = urlToHttpOptions(address);
    return { protocol, hostname, port, path };
  };
  const own = placeOf(url);
  const configured = new Set([...Object.keys(headers), 'authorization'].map((name) => name.toLowerCase()));
  const headersOf = ({ headers: asked, body }: UpstreamRequest, token: string | null): Record<string, string> => {
    const sent = { ...headers };
    // What a client sends never takes the place of what the server is configured with.
    for (const added of [named, asked])
      for (const [name, value] of Object.entries(added)) if (!configured.has(name.toLowerCase())) sent[name] = value;
    if (token !== null) sent.authorization = `Bearer ${token}`;
    if (body !== undefined) sent['content-length'] = String(Buffer.byteLength(body));
    return sent;
  };
  const send = (address: URL, asked: UpstreamRequest, token: string | null): Promise<UpstreamAnswer> =>
    new Promise((resolve, reject) => {
      const { signal } = asked;
      if (signal.aborted) return reject(new UpstreamFailure(new Error(GIVEN_UP), { hasArrived: false }));
      const request = (isSafe ? requestSafely : requestPlainly)({
        method: asked.method,
        agent,
        headers: headersOf(asked, token),
        ...(address === url ? own : placeOf(address)),
      });
      const abort = (): void => void request.destroy(new Error(GIVEN_UP));
      signal.addEventListener('abort', abort);
      request.once('close', () => signal.removeEventListener('abort', abort));
      let hasArrived = false;
      let timer: NodeJS.Timeout | undefined;
      request.on('socket', (socket) => {
        hasArrived = request.reusedSocket;
        if (hasArrived) return;
        timer = setTimeout(() => request.destroy(new Error('The connection took too long.')), CONNECT_MS);
        socket.setKeepAlive(true, PROBE_AFTER_MS);
        socket.once(isSafe ? 'secureConnect' : 'connect', () => {
          hasArrived = true;
          clearTimeout(timer);
        });
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const isStale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        // The server gave up a connection that was idle just when we took it again.
        if (isStale && asked.isRepeatable && !signal.aborted)
          return void send(address, { ...asked, isRepeatable: false }, token).then(resolve, reject);
        reject(new UpstreamFailure(error, { hasArrived }));
      });
      request.on('response', (body) => resolve({ status: body.statusCode ?? 0, headers: body.headers, body }));
      request.end(asked.body);
    });

  const follow = async (asked: UpstreamRequest, token: string | null): Promise<UpstreamAnswer> => {
    let address = asked.address ?? url;
    if (address.origin !== url.origin) throw new Error('Credentials are for one origin alone.');
    for (let count = 0; ; count++) {
      const answer = await send(address, asked, token);
      const next = sameRequestElsewhere(answer, address);
      if (next === null || count === MAX_REDIRECTS) return answer;
      answer.body.resume();
      address = next;
    }
  };

  return {
    async ask(asked) {
      const token = bearer === null ? null : await bearer.current();
      const answer = await follow(asked, token);
      if (answer.status !== 401 || bearer === null || token === null) return answer;
      // Who is not known is not served, so the request was not acted on and may be made again.
      const renewed = await bearer.renew(token);
      if (renewed === null || renewed === token) return answer;
      answer.body.resume();
      return follow(asked, renewed);
    },
    mask: masks.mask,
    close: () => agent.destroy(),
  };
}

/** Where the very same request is to be made again; null where that is no redirect we follow. */
function sameRequestElsewhere({ status, headers }: UpstreamAnswer, from: URL): URL | null {
  if ((status !== 307 && status !== 308) || headers.location === undefined) return null;
  if (!URL.canParse(headers.location, from.href)) return null;
  const next = new URL(headers.location, from);
  // Our credentials are for this origin alone.
  return next.origin === from.origin && next.username === '' && next.password === '' ? next : null;
}

interface Bearer {
  current(): Promise<string | null>;
  renew(old: string): Promise<string | null>;
}

function bearerOf(spec: HttpSpec, userFolder: string, onToken: (token: string) => void): Bearer {
  const context = { store: signInStore(userFolder), signal: new AbortController().signal };
  let read: { at: number; token: Promise<string | null> } | null = null;
  const noted = (token: string | null): string | null => {
    if (token !== null) onToken(token);
    return token;
  };
  return {
    current() {
      if (read === null || read.at + TOKEN_READ_MS < performance.now())
        read = { at: performance.now(), token: keptToken(spec, context).then(noted, () => null) };
      return read.token;
    },
    async renew(old) {
      read = null;
      return renewedToken(spec, old, context).then(noted, () => null);
    },
  };
}
