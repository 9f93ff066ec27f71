/** Answers of the listener's own. */
import type { ServerResponse } from 'node:http';
import type { JsonRpc } from '../json-rpc.ts';

/** Not one the protocol has a meaning for. */
export const REFUSED = -32000;
/** What clients take for a session that has ended. */
export const SESSION_NOT_FOUND = -32001;

/** A refusal of a request as a whole. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: number;
  readonly id?: unknown;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(
  response: ServerResponse,
  { status, message, code = REFUSED, id, data, headers }: Refusal,
): void {
  const error = { code, message, ...(data !== undefined && { data }) };
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  answerJson(response, { jsonrpc: '2.0', id: known, error }, { status, ...(headers && { headers }) });
}

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answerJson(
  response: ServerResponse,
  body: JsonRpc | readonly JsonRpc[],
  { status = 200, headers }: AnswerOptions = {},
): void {
  answerText(response, JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

export function answerText(
  response: ServerResponse,
  text: string,
  { status = 200, headers }: AnswerOptions = {},
): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(status, { 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store', ...headers });
  response.end(text);
}

/** The message was taken, and there is nothing to say. */
export function accept(response: ServerResponse): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(202);
  response.end();
}
