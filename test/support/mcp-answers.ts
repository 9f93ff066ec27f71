/** The least of an MCP server over HTTP, by hand: what it answers to `initialize` and `tools/list`. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface McpMessage {
  readonly id?: unknown;
  readonly method: string;
}

/** Answers as a server that offers these tools. */
export async function answerMcp(
  request: IncomingMessage,
  response: ServerResponse,
  tools: readonly unknown[],
): Promise<void> {
  if (request.method !== 'POST') return end(response, 405);
  answerMessage(await bodyOf(request), response, tools);
}

/** The same for a message that was read already. */
export function answerMessage({ id, method }: McpMessage, response: ServerResponse, tools: readonly unknown[]): void {
  if (id === undefined) {
    end(response, 202);
    return;
  }
  const serverInfo = { name: 'by-hand', version: '1' };
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, serverInfo };
  answerJson(response, { jsonrpc: '2.0', id, result: method === 'initialize' ? hello : { tools } });
}

export async function bodyOf(request: IncomingMessage): Promise<McpMessage> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

export function end(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers);
  response.end();
}
