import type { IncomingHttpHeaders } from 'node:http';

/** All that reaches a server of what a client said in headers. Its credentials, cookies and addresses stay here. */
const PASSED = new Set(['mcp-protocol-version', 'mcp-method', 'mcp-name', 'last-event-id']);

/** The headers of a request to a server, but for its credentials. */
export function relayedHeaders(
  method: 'POST' | 'GET' | 'DELETE',
  headers: IncomingHttpHeaders,
  session: string | null,
): Record<string, string> {
  const passed = Object.entries(headers).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && (PASSED.has(entry[0]) || entry[0].startsWith('mcp-param-')),
  );
  return {
    ...Object.fromEntries(passed),
    accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...(session !== null && { 'mcp-session-id': session }),
  };
}
