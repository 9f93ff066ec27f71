/** A server over HTTP that keeps every request it gets, and answers like the one that records what it reads from stdin. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type HttpServer, openHttpServer } from './http-server.ts';

export interface Recorded {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RecordingHttp extends Pick<HttpServer, 'stop' | 'start'> {
  readonly url: string;
  readonly requests: Recorded[];
  /** The bodies that were posted. */
  bodies(): string[];
}

/** Answers in another way where it returns true. */
export type Instead = (recorded: Recorded, response: ServerResponse, request: IncomingMessage) => boolean;

interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly name?: string };
}

export const TOOLS = ['read', 'pay', 'delete_all'].map((name) => ({ name, inputSchema: { type: 'object' } }));

export async function startRecordingHttp(instead: Instead = () => false): Promise<RecordingHttp> {
  const requests: Recorded[] = [];
  const { address, stop, start } = await openHttpServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', headers } = request;
    const recorded = { method, headers, body: Buffer.concat(chunks).toString('utf8') };
    requests.push(recorded);
    if (instead(recorded, response, request)) return;
    if (method !== 'POST') return void response.writeHead(method === 'DELETE' ? 200 : 405).end();
    const read = JSON.parse(recorded.body) as Message | Message[];
    const answers = [read].flat().flatMap(answerTo);
    if (answers.length === 0) return void response.writeHead(202).end();
    const session = [read].flat().some((message) => message.method === 'initialize');
    response.writeHead(200, { 'content-type': 'application/json', ...(session && { 'mcp-session-id': 'upstream-1' }) });
    response.end(JSON.stringify(Array.isArray(read) ? answers : answers[0]));
  });
  return {
    url: `${address}/mcp`,
    stop,
    start,
    requests,
    bodies: () => requests.filter(({ method }) => method === 'POST').map(({ body }) => body),
  };
}

export function answerTo({ id, method, params }: Message): object[] {
  if (id === undefined || method === undefined) return [];
  if (method === 'initialize') {
    const serverInfo = { name: 'recorder', version: '1' };
    return [{ jsonrpc: '2.0', id, result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo } }];
  }
  if (method === 'tools/list') return [{ jsonrpc: '2.0', id, result: { tools: TOOLS } }];
  if (method === 'tools/call')
    return [{ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: `did ${params?.name}` }] } }];
  return [{ jsonrpc: '2.0', id, result: { method } }];
}

/** Messages as the events of a stream. */
export const events = (...messages: readonly object[]): string =>
  messages.map((message, at) => `id: ${at + 1}\ndata: ${JSON.stringify(message)}\n\n`).join('');

export function answerEvents(response: ServerResponse, text: string, { end = true } = {}): true {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(text);
  if (end) response.end();
  return true;
}
