import type { ServerResponse } from 'node:http';
import type { JsonRpc } from '../message/json-rpc.ts';
import { accept, answerText, type Refusal, refuse } from './answer.ts';
import type { StreamEvent } from './event-reader.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import type { ListenerLimits } from './listener-limits.ts';

interface ReplyOptions {
  readonly limits: ListenerLimits;
  /** Whether several messages were posted at once. */
  readonly isBatch: boolean;
}

/**
 * What a client gets for what it posted: its answers as JSON or, once anything else has to be said, a stream. Whoever
 * answers need not know which it became.
 */
export class Reply {
  readonly #response: ServerResponse;
  readonly #options: ReplyOptions;
  #headers: Record<string, string> = {};
  #stream: EventStream | null = null;
  #answers: string[] = [];
  #status = 200;
  #isOver = false;

  constructor(response: ServerResponse, options: ReplyOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** Goes out with whatever is said first. */
  setHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }

  /** Whether something was said that makes another status impossible. */
  get isStream(): boolean {
    return this.#stream !== null;
  }

  /** From here on it is a stream; null where the client is gone, or all is said. */
  openStream(): EventStream | null {
    if (this.#stream === null) {
      if (this.#isOver || this.#response.headersSent || this.#response.destroyed) return null;
      this.#stream = openEventStream(this.#response, this.#options.limits, this.#headers);
      for (const data of this.#answers.splice(0)) void this.#stream.send({ event: 'message', data });
    }
    return this.#stream.isOpen() ? this.#stream : null;
  }

  /** An answer, as JSON text. The status is that of the whole where it stays the only one. */
  async answer(data: string, status = 200): Promise<void> {
    if (this.#stream !== null) return void (await this.#stream.send({ event: 'message', data }));
    this.#answers.push(data);
    this.#status = this.#answers.length === 1 ? status : 200;
  }

  async answerAll(messages: readonly JsonRpc[]): Promise<void> {
    for (const message of messages) await this.answer(JSON.stringify(message));
  }

  /** Something besides the answers. False where nobody reads it. */
  async event(event: StreamEvent): Promise<boolean> {
    return (await this.openStream()?.send(event)) ?? false;
  }

  /** A message of ours besides the answers. */
  tell(message: JsonRpc): boolean {
    const stream = this.openStream();
    void stream?.send({ event: 'message', data: JSON.stringify(message) });
    return stream !== null;
  }

  /** All that there is to say was said. */
  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#stream !== null) this.#stream.end();
    else if (this.#answers.length === 0) accept(this.#response, this.#headers);
    else this.#answerJson();
  }

  #answerJson(): void {
    const isList = this.#options.isBatch || this.#answers.length > 1;
    const text = isList ? `[${this.#answers.join(',')}]` : (this.#answers[0] ?? '');
    const headers = { 'content-type': 'application/json', ...this.#headers };
    const { stallTimeoutMs } = this.#options.limits;
    answerText(this.#response, text, { status: this.#status, headers, stallTimeoutMs });
  }

  /** Says of all these requests, or of the whole where there are none, that they failed; the rest may follow. */
  async fail(refusal: Refusal, ids: readonly (string | number)[]): Promise<void> {
    const { code = -32000, message, status, headers = {} } = refusal;
    if (ids.length === 0 && this.#stream === null && this.#answers.length === 0) {
      this.#isOver = true;
      return refuse(this.#response, refusal);
    }
    this.#headers = { ...this.#headers, ...headers };
    for (const id of ids) await this.answer(JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } }), status);
  }
}
