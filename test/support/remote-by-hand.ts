/** A server over HTTP by hand, so that it can also do what no SDK would, and remembers what it was asked. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { startHttpServer } from './http-server.ts';
import { answerJson, end } from './mcp-answers.ts';

export interface Asked {
  readonly http: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly body: string;
  readonly id: string | number | undefined;
  /** Of the message; empty where there is none. */
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface RemoteByHand {
  readonly url: string;
  readonly asked: Asked[];
  calls(): Asked[];
}

/** Answers what `answer` does not: that returns true for what it took on. */
type Answer = (asked: Asked, response: ServerResponse) => boolean;

const TOOLS = ['read', 'pay', 'delete_all'].map((name) => ({ name, inputSchema: { type: 'object' } }));

export async function startRemote(answer: Answer = () => false): Promise<RemoteByHand> {
  const asked: Asked[] = [];
  let sessions = 0;
  const url = await startHttpServer(async (request, response) => {
    response.on('error', () => {});
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const read = body === '' ? {} : JSON.parse(body);
    const { id, method = '', params = {} } = Array.isArray(read) ? read[0] : read;
    const one: Asked = { http: request.method ?? '', headers: request.headers, body, id, method, params };
    asked.push(one);
    if (answer(one, response)) return;
    if (one.http !== 'POST') return end(response, one.http === 'DELETE' ? 200 : 405);
    if (id === undefined || method === '') return end(response, 202);
    if (method === 'initialize') {
      sessions += 1;
      response.setHeader('mcp-session-id', `session-${sessions}`);
    }
    answerJson(response, { jsonrpc: '2.0', id, result: resultOf(one) });
  });
  return {
    url: `${url}/mcp`,
    asked,
    calls: () => asked.filter(({ method }) => method === 'tools/call'),
  };
}

export function resultOf({ method, params }: Pick<Asked, 'method' | 'params'>): object {
  if (method === 'initialize')
    return {
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'by-hand', version: '1' },
    };
  if (method === 'tools/list') return { tools: TOOLS };
  return { content: [{ type: 'text', text: `did ${params.name ?? method}` }] };
}

/** The answer as the server would give it by itself. */
export const answerTo = (asked: Asked): string =>
  JSON.stringify({ jsonrpc: '2.0', id: asked.id, result: resultOf(asked) });

/** Begins a stream of events, and writes the first of them. */
export function stream(response: ServerResponse, ...events: string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (const event of events) response.write(`${event}\n\n`);
}
