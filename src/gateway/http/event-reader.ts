/** Reads a stream of server-sent events, whatever way the bytes are cut. */
import { StringDecoder } from 'node:string_decoder';

export interface StreamEvent {
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly retry?: string | undefined;
  /** Undefined where the event has none; it then says no more than its id. */
  readonly data?: string | undefined;
}

const BYTE_ORDER_MARK = '\ufeff';

/** A stream that no client should be made to read any further. */
export class BrokenStream extends Error {}

export class EventReader {
  readonly #maxBytes: number;
  /** A TextDecoder does the same, and takes much longer to make: most streams hold one event. */
  readonly #decoder = new StringDecoder('utf8');
  #hasBegun = false;
  #rest = '';
  #size = 0;
  #fields: { id?: string; event?: string; retry?: string } = {};
  #data: string[] = [];
  #endedByReturn = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The events that `chunk` completes. Throws BrokenStream where one is larger than the bound. */
  *read(chunk: Buffer): Generator<StreamEvent> {
    this.#size += chunk.length;
    let text = this.#decoder.write(chunk);
    if (!this.#hasBegun && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    this.#hasBegun ||= text !== '';
    // The line end of two characters may be cut in two.
    if (this.#endedByReturn && text.startsWith('\n')) text = text.slice(1);
    if (text !== '') this.#endedByReturn = text.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = this.#rest + lines[0];
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line !== '') this.#take(line);
      else {
        const event = this.#finish();
        if (event !== null) yield event;
      }
    }
    if (this.#size > this.#maxBytes) throw new BrokenStream('An event is too large.');
  }

  #take(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') this.#data.push(value);
    else if (name === 'id' || name === 'event' || name === 'retry') this.#fields[name] = value;
  }

  #finish(): StreamEvent | null {
    const { id, event, retry } = this.#fields;
    const data = this.#data.length > 0 ? this.#data.join('\n') : undefined;
    this.#fields = {};
    this.#data = [];
    this.#size = 0;
    const isEmpty = id === undefined && event === undefined && retry === undefined && data === undefined;
    return isEmpty ? null : { id, event, retry, data };
  }
}

/** The event as it is sent. */
export function eventText({ id, event, retry, data }: StreamEvent): string {
  const lines: string[] = [];
  if (event !== undefined) lines.push(`event: ${event}`);
  if (id !== undefined) lines.push(`id: ${id}`);
  if (retry !== undefined) lines.push(`retry: ${retry}`);
  if (data !== undefined) for (const line of data.split(/\r\n|\n|\r/)) lines.push(`data: ${line}`);
  return `${lines.join('\n')}\n\n`;
}
