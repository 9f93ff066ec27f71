/** Answers of the listener's own. */
import type { ServerResponse } from 'node:http';
import { endWith } from './slow-readers.ts';

/** Not one the protocol has a meaning for. */
export const REFUSED = -32000;
/** What clients take for a session that has ended. */
const SESSION_NOT_FOUND = -32001;

/** A refusal of a request as a whole. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: number;
  readonly id?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same for an id that never was, one that is over, and one of somebody else. */
export const NO_SESSION: Refusal = { status: 404, code: SESSION_NOT_FOUND, message: 'Session not found' };

export const busy = (message: string): Refusal => ({ status: 503, message, headers: { 'retry-after': '1' } });

export function refuse(response: ServerResponse, { status, message, code = REFUSED, id, headers }: Refusal): void {
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  const text = JSON.stringify({ jsonrpc: '2.0', id: known, error: { code, message } });
  answerText(response, text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

const STALL_MS = 30_000;

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A client that takes nothing for so long is cut off. */
  readonly stallTimeoutMs?: number;
}

export function answerText(
  response: ServerResponse,
  text: string,
  { status = 200, headers, stallTimeoutMs = STALL_MS }: AnswerOptions = {},
): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(status, { 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store', ...headers });
  void endWith(response, text, stallTimeoutMs);
}

/** The message was taken, and there is nothing to say. */
export function accept(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(202, headers);
  response.end();
}
