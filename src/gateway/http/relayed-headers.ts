import type { IncomingHttpHeaders } from 'node:http';
import type { Era } from './era.ts';

/** All that reaches a server of what a client said in headers. Its credentials, cookies and addresses stay here. */
const PASSED = new Set(['mcp-protocol-version', 'last-event-id']);
/** These repeat what the body says. Only where that was looked at may anything behind us rely on them. */
const MIRRORS = /^mcp-(?:method|name|param-.*)$/;

/** The headers of a request to a server, but for its credentials. */
export function relayedHeaders(
  method: 'POST' | 'GET' | 'DELETE',
  headers: IncomingHttpHeaders,
  { era, session }: { readonly era: Era; readonly session: string | null },
): Record<string, string> {
  const passed = Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && (PASSED.has(entry[0]) || (era === 'stateless' && MIRRORS.test(entry[0]))),
  );
  return {
    ...Object.fromEntries(passed),
    accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...(session !== null && { 'mcp-session-id': session }),
  };
}
