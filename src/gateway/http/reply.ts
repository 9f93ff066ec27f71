import type { ServerResponse } from 'node:http';
import type { JsonRpc } from '../json-rpc.ts';
import { accept, answerJson, type Refusal, refuse } from './answer.ts';
import { type EventStream, openEventStream } from './event-stream.ts';

interface ReplyOptions {
  readonly keepAliveMs: number;
  readonly stallTimeoutMs: number;
  /** Whether the client may be told things besides the answer. */
  readonly mayStream: boolean;
}

/**
 * What a client gets for what it posted: one answer as JSON or, once anything else has to be said, a stream. Whoever
 * answers need not know which it became.
 */
export class Reply {
  readonly #response: ServerResponse;
  readonly #options: ReplyOptions;
  #headers: Record<string, string> = {};
  #stream: EventStream | null = null;

  constructor(response: ServerResponse, options: ReplyOptions) {
    this.#response = response;
    this.#options = options;
  }

  /** Goes out with whatever is answered first. */
  setHeader(name: string, value: string): void {
    this.#headers = { ...this.#headers, [name]: value };
  }

  /** The stream, which is opened where there is none; null where the client is gone, or was answered already. */
  stream(): EventStream | null {
    if (this.#stream === null) {
      if (!this.#options.mayStream || this.#response.headersSent || this.#response.destroyed) return null;
      this.#stream = openEventStream(this.#response, { ...this.#options, headers: this.#headers });
    }
    return this.#stream.isOpen ? this.#stream : null;
  }

  /** All that there is to say. */
  async finish(answers: readonly JsonRpc[], { isBatch = false, status = 200 } = {}): Promise<void> {
    if (this.#stream !== null) {
      for (const answer of answers) await this.#stream.send({ event: 'message', data: JSON.stringify(answer) });
      return this.#stream.end();
    }
    const [first] = answers;
    if (first === undefined) return accept(this.#response);
    answerJson(this.#response, isBatch ? answers : first, { status, headers: this.#headers });
  }

  /** Refuses the whole; where a stream is open already, each of the requests. */
  async refuse(refusal: Refusal, ids: readonly unknown[]): Promise<void> {
    if (this.#stream === null) return refuse(this.#response, { ...refusal, ...(ids.length === 1 && { id: ids[0] }) });
    const { code = -32000, message } = refusal;
    await this.finish(ids.map((id) => ({ jsonrpc: '2.0', id, error: { code, message } })));
  }

  end(): void {
    this.#stream?.end();
  }
}
