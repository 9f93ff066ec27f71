import type { IncomingMessage } from 'node:http';
import { readAll } from '../../io/files/read-all.ts';
import type { Caller } from '../../io/state/store.ts';
import { type ClientText, readClientText } from '../message/client-text.ts';
import type { Refusal } from './answer.ts';
import type { Shares } from './shares.ts';

interface BodyBounds {
  readonly maxBodyBytes: number;
  /** The bytes that are held of all requests together. */
  readonly buffered: Shares;
}

/**
 * Reads what a client posted. What is held of it counts in `buffered` until `release` is called, which the caller does
 * in any case.
 */
export async function readBody(
  request: IncomingMessage,
  caller: Caller,
  { maxBodyBytes, buffered }: BodyBounds,
): Promise<{ readonly body: ClientText | Refusal; readonly release: () => void }> {
  let size = 0;
  const release = (): void => {
    buffered.letGo(caller, size);
    size = 0;
  };
  const refused = (body: Refusal) => ({ body, release });
  // Whatever else comes on this connection is the rest of a body nobody reads.
  const headers = { connection: 'close' };
  if (!isJson(request.headers['content-type']))
    return refused({ status: 415, message: 'Unsupported Media Type: Content-Type must be application/json', headers });
  if (request.headers['content-encoding'] !== undefined)
    return refused({ status: 415, message: 'Unsupported Media Type: the body must not be compressed', headers });
  const tooLarge: Refusal = { status: 413, message: `The body is larger than ${maxBodyBytes} bytes`, headers };
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return refused(tooLarge);
  const bytes = await readAll(request, (length) => {
    const hasRoom = buffered.hasRoom(caller, length);
    size += length;
    buffered.take(caller, length);
    return size <= maxBodyBytes && hasRoom;
  }).catch((error: unknown) => {
    release();
    throw error;
  });
  if (bytes === null && size > maxBodyBytes) return refused(tooLarge);
  if (bytes === null) {
    const waiting = { ...headers, 'retry-after': '1' };
    return refused({ status: 503, message: 'Too much is being sent at once', headers: waiting });
  }
  const read = readClientText(bytes);
  return 'code' in read ? refused({ status: 400, ...read }) : { body: read, release };
}

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json[ \t]*(?:;|$)/i.test(contentType?.trim() ?? '');
