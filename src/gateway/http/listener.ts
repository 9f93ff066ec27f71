import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ending } from '../../io/ending.ts';
import type { Caller } from '../../io/state/store.ts';
import type { Log } from '../event.ts';
import type { Admission } from './admission.ts';
import { type AllowedHosts, allowedHosts, reachedAt } from './allowed-hosts.ts';
import { answerText, busy, type Refusal, refuse } from './answer.ts';
import { endsWithConnection } from './connection-end.ts';
import type { Exchange } from './endpoint.ts';
import { isStateless } from './era.ts';
import { isLoopback, type ListenAddress } from './listen-address.ts';
import { cannotListen } from './listener-errors.ts';
import type { ListenerLimits } from './listener-limits.ts';
import type { OfferedServer } from './offered-server.ts';
import { readBody } from './read-body.ts';
import {
  headerOf,
  idOf,
  isFromHere,
  judge,
  judgeAccept,
  judgeMirrors,
  methodOf,
  NO_METHOD,
  NO_METHOD_STATELESS,
  serverAt,
} from './request-checks.ts';
import { Shares } from './shares.ts';

/** A page about the gateway itself. */
export interface StatusPage {
  readonly contentType: string;
  /** `isTrusted`: whoever asks sits at this machine, or has a grant. Null where the page is for those alone. */
  readonly render: (isTrusted: boolean) => { readonly status: number; readonly text: string } | null;
}

interface ListenerOptions {
  readonly address: ListenAddress;
  /** Other names under which this machine is reached. */
  readonly hosts: readonly string[];
  readonly servers: ReadonlyMap<string, OfferedServer>;
  readonly admission: Admission;
  readonly pages: ReadonlyMap<string, StatusPage>;
  readonly limits: ListenerLimits;
  readonly log: Log;
}

export interface Listener {
  readonly address: ListenAddress;
  /** Ends what these callers have open; what was not begun to be answered yet gets `why` where there is one. */
  cut(isOver: (caller: Caller) => boolean, why?: Refusal): void;
  /** Takes nothing new, lets what is about to be answered be answered, and ends the rest. */
  close(): Promise<void>;
}

/** What is being answered. */
interface Open {
  readonly caller: Caller;
  /** It ends only when somebody ends it. */
  readonly isStream: boolean;
  /** Lets what was said arrive, or not even that, or says this where nothing was. */
  readonly end: (how: 'softly' | 'at once' | Refusal) => void;
}

/** Clients that come all at once wait for their turn, instead of for a second try of theirs. */
const MAX_UNACCEPTED = 4096;
const LAST_ANSWERS_MS = 3000;
/** A body that took longer is one whose sender is looked up again. */
const RIGHT_LASTS_MS = 100;

/** Waits for clients. Rejects where the address cannot be had. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { limits, servers, admission, pages, log } = options;
  const { maxBodyBytes } = limits;
  const buffered = new Shares(limits.maxBufferedBytes);
  const admittedRequests = new Shares(limits.maxExchanges);
  const open = new Set<Open>();
  let exchanges = 0;
  let isClosing = false;
  let hosts: AllowedHosts;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reached = reachedAt(request.socket.localAddress, request.socket.localPort);
    const { headers, method = '' } = request;
    if (!hosts.allowsHost(headers.host, reached))
      return refuse(response, { status: 403, message: 'Forbidden: the Host header names no host of this gateway' });
    if (!hosts.allowsOrigin(headers.origin, reached))
      return refuse(response, { status: 403, message: 'Forbidden: the Origin header names no host of this gateway' });
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const isLocal = isLoopback(options.address.host) && isFromHere(request);
    const page = pages.get(path);
    if (page !== undefined) return answerPage(page, request, response, isLocal);
    const server = serverAt(path, servers);
    if (server === null) return refuse(response, { status: 404, message: 'Not Found: no server has this address' });
    if (method !== 'POST' && method !== 'GET' && method !== 'DELETE') return refuse(response, NO_METHOD);
    const admitted = await admission.admit(server.name, headers, isLocal);
    if ('status' in admitted) return refuse(response, admitted);
    const { caller } = admitted;
    if (!admittedRequests.hasRoom(caller)) return refuse(response, busy('Too many requests of this caller are open'));
    if (response.destroyed) return;
    admittedRequests.take(caller);
    response.once('close', () => admittedRequests.letGo(caller));
    const unacceptable = judgeAccept(method, headers.accept);
    if (unacceptable !== null) return refuse(response, unacceptable);
    if (method !== 'POST') {
      if (isStateless(headerOf(request, 'mcp-protocol-version'))) return refuse(response, NO_METHOD_STATELESS);
      return serve(server, { method, request, response, era: 'stateful', body: null, ...admitted });
    }
    const admittedAt = performance.now();
    const { body, release } = await readBody(request, caller, { maxBodyBytes, buffered });
    try {
      if ('status' in body) return refuse(response, body);
      // Nothing is open yet that could be cut, and whoever sends slowly may have lost the right to call meanwhile.
      const isLate = performance.now() - admittedAt > RIGHT_LASTS_MS;
      const still = isLate ? await admission.admit(server.name, headers, isLocal) : admitted;
      if ('status' in still) return refuse(response, still);
      const judged = judge(body, request);
      if ('status' in judged) return refuse(response, judged);
      await serve(server, { method, request, response, era: judged.era, body, ...still });
    } finally {
      release();
    }
  }

  async function serve(
    server: OfferedServer,
    asked: Omit<Exchange, 'enforcer' | 'signal'> & { readonly policy: string | null },
  ): Promise<void> {
    const { response, body } = asked;
    const ending = new Ending();
    const end: Open['end'] = (how) => {
      // Before the server's side is ended, which may break the connection off.
      if (typeof how === 'object' && !response.headersSent) {
        refuse(response, { ...how, id: idOf(body) });
        return ending.abort();
      }
      ending.abort();
      if (how === 'softly' && response.headersSent) response.end();
      else response.destroy();
    };
    const isStream = body === null || methodOf(body) === 'subscriptions/listen';
    const mine: Open = { caller: asked.caller, isStream, end };
    if (response.destroyed) return;
    open.add(mine);
    response.once('close', () => {
      open.delete(mine);
      if (!response.writableFinished) ending.abort();
    });
    let enforcer: Exchange['enforcer'];
    try {
      enforcer = await server.enforcer(asked.policy);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      log({ event: 'policy-refused', level: 'error', server: server.name, grant: asked.grant, message });
      const told = `The server ${JSON.stringify(server.name)} cannot be used just now; the log of the gateway says why.`;
      return refuse(response, { ...busy(told), id: idOf(body) });
    }
    if (ending.aborted) return;
    if (asked.era === 'stateless' && body !== null) {
      const misfit = judgeMirrors(body, asked.request, { mirror: server.mirror, enforcer });
      if (misfit !== null) return refuse(response, misfit);
    }
    await server.endpoint.serve({ enforcer, signal: ending, ...asked });
  }

  async function answerPage(page: StatusPage, request: IncomingMessage, response: ServerResponse, isLocal: boolean) {
    if (request.method !== 'GET') return refuse(response, { ...NO_METHOD, headers: { allow: 'GET' } });
    const rendered = page.render(isLocal || (await admission.knows(request.headers)));
    if (rendered === null)
      return refuse(response, { status: 401, message: 'Unauthorized', headers: { 'www-authenticate': 'Bearer' } });
    const headers = { 'content-type': page.contentType };
    answerText(response, rendered.text, { status: rendered.status, headers, ...limits });
  }

  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
      keepAliveTimeout: 65_000,
    },
    (request, response) => {
      if (isClosing || exchanges >= limits.maxExchanges) {
        request.resume();
        return refuse(response, busy(isClosing ? 'The gateway is ending' : 'Too many requests are open'));
      }
      endsWithConnection(request, response);
      exchanges++;
      response.once('close', () => exchanges--);
      response.on('error', () => {});
      answer(request, response).catch((error: unknown) => {
        // A body that was cut off is nobody's mistake, and nobody waits for an answer.
        if (!request.complete) return void response.destroy();
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log({ event: 'refused', level: 'error', server: '*', message });
        refuse(response, { status: 500, code: -32603, message: 'Internal error' });
      });
    },
  );
  server.maxConnections = limits.maxConnections;
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(cannotListen(options.address, error));
    server.once('error', fail);
    server.listen({ ...options.address, backlog: MAX_UNACCEPTED }, () => {
      server.off('error', fail);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  const address = { host: options.address.host, port };
  hosts = allowedHosts(address, options.hosts);

  return {
    address,
    cut(isOver, why) {
      for (const { caller, end } of open) if (isOver(caller)) end(why ?? 'at once');
    },
    async close() {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { isStream, end } of open) if (isStream) end('softly');
      server.closeIdleConnections();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LAST_ANSWERS_MS);
      });
      await Promise.race([closed, late]);
      clearTimeout(timer);
      for (const { end } of open) end('at once');
      server.closeAllConnections();
      await closed;
    },
  };
}
