import { MAX_MESSAGE_BYTES, MAX_RECEIVED_BYTES } from '../session/listing-limits.ts';

/** What is kept of an answer that was no success. */
export interface Refusal {
  readonly status: number;
  readonly mediaType: string;
  /** The beginning of the body. */
  readonly text: string;
  /** Where a redirect points; it was not followed. */
  readonly location: string | null;
  /** How the server wants to be told who asks; empty where it does not say. */
  readonly challenge: string;
}

const MAX_REFUSAL_BYTES = 64 * 1024;
const NEWLINE = 10;

/** A fetch for one server that reads no more than a bound, follows no redirect, and remembers how it was refused. */
export class BoundedFetch {
  receivedBytes = 0;
  isFlooded = false;
  /** The last answer that was no success. */
  refusal: Refusal | null = null;
  readonly #onFlood: () => void;

  constructor(onFlood: () => void) {
    this.#onFlood = onFlood;
  }

  readonly fetch = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    // The stream a client may keep open for what the server wants to say unasked: a listing needs none.
    if (isOpeningServerStream(init)) return new Response(null, { status: 405 });
    // The SDK follows redirects within the origin itself; fetch would carry our headers to wherever a server points.
    const response = await fetch(url, { ...init, redirect: 'manual' });
    return response.ok ? this.#bounded(response) : await this.#refused(response);
  };

  #bounded(response: Response): Response {
    if (response.body === null) return response;
    // A stream carries many messages, each on a line or more; any other body is one message.
    const isStream = mediaType(response) === 'text/event-stream';
    let size = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        const lineEnd = isStream ? chunk.lastIndexOf(NEWLINE) : -1;
        size = lineEnd === -1 ? size + chunk.length : chunk.length - lineEnd - 1;
        this.receivedBytes += chunk.length;
        if (size <= MAX_MESSAGE_BYTES && this.receivedBytes <= MAX_RECEIVED_BYTES) return controller.enqueue(chunk);
        this.isFlooded = true;
        controller.error(new Error('The answer is too large.'));
        this.#onFlood();
      },
    });
    return new Response(response.body.pipeThrough(counted), response);
  }

  async #refused(response: Response): Promise<Response> {
    const text = await beginningOf(response);
    const { status, statusText, headers } = response;
    const challenge = headers.get('www-authenticate') ?? '';
    this.refusal = { status, mediaType: mediaType(response), text, location: headers.get('location'), challenge };
    return new Response(status === 304 ? null : text, { status, statusText, headers });
  }
}

/** Streamable HTTP opens it by a GET without a body; a GET that names an event resumes an answer, and is let through. */
function isOpeningServerStream({ method = 'GET', headers }: RequestInit): boolean {
  const given = new Headers(headers);
  return method === 'GET' && given.has('mcp-protocol-version') && !given.has('last-event-id');
}

function mediaType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_REFUSAL_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_REFUSAL_BYTES).toString('utf8');
}
