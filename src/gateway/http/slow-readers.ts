/** Clients that do not read what they asked for. */
import type { ServerResponse } from 'node:http';

/** Whether the client has taken what was written; one that stalls is cut off. */
export function taken(response: ServerResponse, stallTimeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (hasTaken: boolean): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      response.off('close', onClose);
      resolve(hasTaken);
    };
    const onDrain = (): void => settle(true);
    const onClose = (): void => settle(false);
    const timer = setTimeout(() => response.destroy(), stallTimeoutMs);
    response.once('drain', onDrain);
    response.once('close', onClose);
    if (response.destroyed) settle(false);
  });
}

const PIECE_CHARS = 256 * 1024;

/** Ends the response with this text: a long one in pieces, each of which the client has time to take. */
export async function endWith(response: ServerResponse, text: string, stallTimeoutMs: number): Promise<void> {
  const bytes = text.length > PIECE_CHARS ? Buffer.from(text) : text;
  let at = 0;
  for (; bytes.length - at > PIECE_CHARS; at += PIECE_CHARS) {
    if (response.write(bytes.slice(at, at + PIECE_CHARS))) continue;
    if (!(await taken(response, stallTimeoutMs))) return;
  }
  response.end(bytes.slice(at));
  cutIfStalled(response, stallTimeoutMs);
}

/** Cuts off a client that does not take the rest of a response that was ended. */
export function cutIfStalled(response: ServerResponse, stallTimeoutMs: number): void {
  if (response.writableLength === 0) return;
  const timer = setTimeout(() => response.destroy(), stallTimeoutMs);
  for (const end of ['finish', 'close']) response.once(end, () => clearTimeout(timer));
}
