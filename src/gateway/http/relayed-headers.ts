import type { IncomingHttpHeaders } from 'node:http';
import type { Era } from './era.ts';

/** All that reaches a server of what a client said in headers. Its credentials, cookies and addresses stay here. */
const PASSED = ['mcp-protocol-version', 'last-event-id'];
/** These repeat what the body says. Only where that was looked at may anything behind us rely on them. */
const MIRRORS = /^mcp-(?:method|name|param-.*)$/;

/** The headers of a request to a server, but for its credentials. */
export function relayedHeaders(
  method: 'POST' | 'GET' | 'DELETE',
  headers: IncomingHttpHeaders,
  { era, session }: { readonly era: Era; readonly session: string | null },
): Record<string, string> {
  const relayed: Record<string, string> = {
    accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
  };
  if (method === 'POST') relayed['content-type'] = 'application/json';
  if (session !== null) relayed['mcp-session-id'] = session;
  const mirrors = era === 'stateless' ? Object.keys(headers).filter((name) => MIRRORS.test(name)) : [];
  for (const name of [...PASSED, ...mirrors]) {
    const value = headers[name];
    if (typeof value === 'string') relayed[name] = value;
  }
  return relayed;
}
