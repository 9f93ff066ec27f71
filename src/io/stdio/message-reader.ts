import { isObject, type JsonObject } from '../../core/tool.ts';
import { MAX_MESSAGE_BYTES, MAX_RECEIVED_BYTES } from '../session/listing-limits.ts';
import { LastLines } from './last-lines.ts';

const MAX_QUOTE_LENGTH = 200;
const MAX_REDACTED_LENGTH = 16_384;
const NEWLINE = 10;

/**
 * Reads JSON-RPC messages, one a line, out of what a server writes to stdout. Lines that are none are counted and
 * passed over: many servers log there. A server that sends too much is not read any further.
 */
export class MessageReader {
  /** The lines that are not part of the protocol. */
  readonly noise: LastLines;
  noiseCount = 0;
  firstNoise = '';
  receivedBytes = 0;
  isFlooded = false;
  readonly #redact: (text: string) => string;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(redact: (text: string) => string) {
    this.#redact = redact;
    this.noise = new LastLines(redact);
  }

  /** The messages that `chunk` completes. */
  *read(chunk: Buffer): Generator<JsonObject> {
    this.receivedBytes += chunk.length;
    let from = 0;
    while (!this.isFlooded) {
      const newline = chunk.indexOf(NEWLINE, from);
      const part = chunk.subarray(from, newline === -1 ? chunk.length : newline);
      this.#parts.push(part);
      this.#size += part.length;
      this.isFlooded = this.#size > MAX_MESSAGE_BYTES || this.receivedBytes > MAX_RECEIVED_BYTES;
      if (newline === -1) break;
      yield* this.#finishLine();
      from = newline + 1;
    }
    if (this.isFlooded) this.#parts = [];
  }

  /** The message in a last line that was not ended. */
  *end(): Generator<JsonObject> {
    if (!this.isFlooded) yield* this.#finishLine();
  }

  *#finishLine(): Generator<JsonObject> {
    const line = Buffer.concat(this.#parts).toString('utf8').trim();
    this.#parts = [];
    this.#size = 0;
    if (line === '') return;
    const parsed = parseJson(line);
    // Revision 2025-03-26 allowed several messages in an array.
    const messages = Array.isArray(parsed) && parsed.length > 0 ? parsed : [parsed];
    if (messages.every(isMessage)) yield* messages;
    else this.#pass(line);
  }

  #pass(line: string): void {
    this.noiseCount++;
    // Cut twice: a secret is recognised only as a whole, and a line may be as long as a message.
    if (this.noiseCount === 1)
      this.firstNoise = this.#redact(line.slice(0, MAX_REDACTED_LENGTH)).slice(0, MAX_QUOTE_LENGTH);
    this.noise.add(`${line.slice(0, MAX_REDACTED_LENGTH)}\n`);
  }
}

function isMessage(value: unknown): value is JsonObject {
  return isObject(value) && value.jsonrpc === '2.0';
}

function parseJson(line: string): unknown {
  // Most noise does not begin like JSON, and an exception for each line of a chatty server is dear.
  if (!line.startsWith('{') && !line.startsWith('[')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
