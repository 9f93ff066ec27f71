/** What is told of a request before anybody looks at what it wants. */
import type { IncomingMessage } from 'node:http';
import { isObject } from '../../core/tool.ts';
import type { Enforcer } from '../enforcer.ts';
import type { ClientText } from '../message/client-text.ts';
import { accepts } from './accepts.ts';
import { reachedAt } from './allowed-hosts.ts';
import type { Refusal } from './answer.ts';
import { type Era, HEADER_MISMATCH, judgeEra } from './era.ts';
import { isLoopback } from './listen-address.ts';
import type { OfferedServer } from './offered-server.ts';

export const NO_METHOD: Refusal = {
  status: 405,
  message: 'Method Not Allowed',
  headers: { allow: 'GET, POST, DELETE', connection: 'close' },
};
export const NO_METHOD_STATELESS: Refusal = {
  status: 405,
  message: 'Method Not Allowed: this revision has requests by POST alone',
  headers: { allow: 'POST' },
};

/** From a program on this machine that knows it talks to this machine, and not through something that forwards. */
export function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const { host } = reachedAt(socket.remoteAddress, 0);
  const named = (headers.host ?? '')
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  // Many that forward name this machine as the host, but say for whom they do it.
  const isForwarded = FORWARDING.some((name) => headers[name] !== undefined);
  return isLoopback(host) && isLoopback(named) && !isForwarded;
}

const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** The server at this path; null where there is none. */
export function serverAt(path: string, servers: ReadonlyMap<string, OfferedServer>): OfferedServer | null {
  if (path === '/mcp' || path === '/mcp/') {
    const [only, ...others] = servers.values();
    return only !== undefined && others.length === 0 ? only : null;
  }
  const [, encoded] = /^\/mcp\/([^/]+)\/?$/.exec(path) ?? [];
  if (encoded === undefined) return null;
  try {
    return servers.get(decodeURIComponent(encoded)) ?? null;
  } catch {
    return null;
  }
}

/** Why what the client takes is not what it would get; null where it is. */
export function judgeAccept(method: 'POST' | 'GET' | 'DELETE', accept: string | undefined): Refusal | null {
  const types = { POST: ['application/json', 'text/event-stream'], GET: ['text/event-stream'], DELETE: [] }[method];
  if (types.every((type) => accepts(accept, type))) return null;
  return { status: 406, message: `Not Acceptable: Accept must name ${types.join(' and ')}` };
}

/** The era of what was posted, where its headers say what it says. */
export function judge(body: ClientText, request: IncomingMessage): { readonly era: Era } | Refusal {
  const judged = judgeEra(body, {
    version: headerOf(request, 'mcp-protocol-version'),
    method: headerOf(request, 'mcp-method'),
    name: headerOf(request, 'mcp-name'),
  });
  return 'misfit' in judged ? { status: 400, ...judged.misfit, id: idOf(body) } : judged;
}

/**
 * Why the headers that repeat arguments of a call do not say what these say; null where they do. Of a hidden tool
 * nothing is told, not even that.
 */
export function judgeMirrors(
  body: ClientText,
  { headers }: IncomingMessage,
  { mirror, enforcer }: Pick<OfferedServer, 'mirror'> & { readonly enforcer: Pick<Enforcer, 'isHidden'> },
): Refusal | null {
  const header = mirror.mismatch(body, headers, enforcer.isHidden);
  if (header === null) return null;
  const message = `Header mismatch: ${header} does not say what the arguments say.`;
  return { status: 400, code: HEADER_MISMATCH, message, id: idOf(body) };
}

/** Node joins headers that come twice, so that no value of two is taken for one of them. */
export function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** The id that an answer to the whole body has. */
export function idOf(body: ClientText | null): unknown {
  const [message] = body?.isBatch === false ? body.parts : [];
  return isObject(message) ? message.id : undefined;
}

/** The method of a body that is one message. */
export function methodOf({ parts, isBatch }: ClientText): unknown {
  const [message] = parts;
  return !isBatch && isObject(message) ? message.method : undefined;
}
