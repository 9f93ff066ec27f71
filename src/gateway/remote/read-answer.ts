/** Reads what a server elsewhere answers, within bounds. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Refusal } from '../../io/http/bounded-fetch.ts';
import type { UpstreamAnswer } from '../../io/upstream.ts';
import { BrokenStream, EventReader, type StreamEvent } from '../http/event-reader.ts';

const MAX_REFUSAL_BYTES = 64 * 1024;

export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** The whole of it. Throws BrokenStream where it is larger. */
export async function readWhole(body: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new BrokenStream('The answer is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Hands over each event, and reads no further until it was taken. Throws where the stream breaks off. */
export async function readEvents(
  body: IncomingMessage,
  maxBytes: number,
  take: (event: StreamEvent) => Promise<void> | undefined,
): Promise<void> {
  const reader = new EventReader(maxBytes);
  for await (const chunk of body as AsyncIterable<Buffer>) for (const event of reader.read(chunk)) await take(event);
}

/** What an answer says that is no success. */
export async function readRefusal({ status, headers, body }: UpstreamAnswer): Promise<Refusal> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_REFUSAL_BYTES) break;
    }
  } catch {
    // The status says enough.
  }
  return {
    status,
    mediaType: mediaType(headers),
    text: Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8'),
    location: headers.location ?? null,
    challenge: headers['www-authenticate'] ?? '',
  };
}
