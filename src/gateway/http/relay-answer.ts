/** How what a server elsewhere answered is told to a client. */
import { isObject } from '../../core/tool.ts';
import { readAll } from '../../io/files/read-all.ts';
import type { UpstreamAnswer } from '../../io/upstream.ts';
import type { Refusal } from './answer.ts';

/** Reads all of an answer; null where it is larger than the bound. */
export async function readAnswer({ body }: UpstreamAnswer, maxBytes: number): Promise<string | null> {
  let size = 0;
  const bytes = await readAll(body, (length) => {
    size += length;
    return size <= maxBytes;
  });
  return bytes?.toString('utf8') ?? null;
}

export const isEventStream = ({ headers }: UpstreamAnswer): boolean =>
  /^text\/event-stream\b/i.test(headers['content-type'] ?? '');

/** What an answer that holds messages holds; null where it is none, or no JSON. */
export function messagesIn(text: string): { readonly messages: readonly unknown[]; readonly isList: boolean } | null {
  try {
    const read: unknown = JSON.parse(text);
    const messages = Array.isArray(read) ? read : [read];
    return messages.every(isObject) ? { messages, isList: Array.isArray(read) } : null;
  } catch {
    return null;
  }
}

/** Statuses that a client may see: about what it asked, and not about us or our credentials. */
const ABOUT_THE_REQUEST = new Set([400, 404, 405, 406, 409, 413, 415, 422]);

/** A status other than of success as the client is told of it. Whether it may sign in anywhere is nothing it can change. */
export function refusalOf({ status, headers }: UpstreamAnswer, server: string): Refusal {
  const named = `The server ${JSON.stringify(server)}`;
  const wait = headers['retry-after'];
  const later = wait === undefined || !/^[\w ,:+-]{1,40}$/.test(wait) ? undefined : { 'retry-after': wait };
  if (status === 401 || status === 403)
    return { status: 502, message: `${named} does not take the credentials of the gateway (HTTP status ${status}).` };
  if (status === 429 || status === 503)
    return {
      status,
      message: `${named} takes no more requests just now (HTTP status ${status}).`,
      ...(later && { headers: later }),
    };
  const message = `${named} answered with HTTP status ${status}.`;
  return { status: ABOUT_THE_REQUEST.has(status) ? status : 502, message };
}

/** Whether a client may see the very error that the server answered with. */
export const isAboutTheRequest = ({ status }: UpstreamAnswer): boolean => ABOUT_THE_REQUEST.has(status);
