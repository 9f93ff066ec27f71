import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import { isObject, type JsonObject } from '../../core/tool.ts';
import { answerFailure } from './answer-failure.ts';

/** A server may ask us a few things while it is listed, such as whether we are still there; never without end. */
const MAX_SERVER_REQUESTS = 100;

/**
 * What the SDK is given instead of an answer. Both majors check an answer as a whole, the newer one even before a
 * caller's own schema, so that one tool without a schema type, or a server without a version, would hide all tools.
 */
function standIn(method: string, raw: JsonObject): object {
  if (method === 'tools/list') return { resultType: 'complete', tools: [], ttlMs: 0, cacheScope: 'private' };
  if (method !== 'initialize') return raw;
  const { protocolVersion } = raw;
  return { protocolVersion, capabilities: {}, serverInfo: { name: 'server', version: '0' } };
}

/** Stands between an SDK client and its transport, and keeps answers as the server sent them. */
export class LenientTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #inner: Transport;
  readonly #asked = new Map<string, { readonly id: string | number; readonly method: string }>();
  readonly #answers = new Map<string, unknown>();
  #failure: Error | null = null;
  #serverRequests = 0;

  constructor(inner: Transport) {
    this.#inner = inner;
  }

  get sessionId(): string | undefined {
    return this.#inner.sessionId;
  }

  /** Asked for by the newer SDK: whether a request can be cancelled by closing its own stream. */
  get hasPerRequestStream(): boolean {
    return 'hasPerRequestStream' in this.#inner && this.#inner.hasPerRequestStream === true;
  }

  setProtocolVersion(version: string): void {
    this.#inner.setProtocolVersion?.(version);
  }

  /** What `request` gives; where it fails because of what the server answered, that is thrown and not the SDK's view of it. */
  async refusalsOf<T>(request: Promise<T>): Promise<T> {
    this.#failure = null;
    try {
      return await request;
    } catch (error) {
      throw this.#failure ?? error;
    }
  }

  /** The last raw answer to `method`. */
  answer(method: string): unknown {
    return this.#answers.get(method);
  }

  async start(): Promise<void> {
    this.#inner.onclose = () => this.onclose?.();
    this.#inner.onerror = (error) => this.onerror?.(error);
    this.#inner.onmessage = (message, extra) => {
      const passed =
        typeof (message as JsonObject).method === 'string' ? this.#heard(message) : this.#answered(message);
      if (passed !== null) this.onmessage?.(passed, extra);
    };
    await this.#inner.start();
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if ('method' in message && 'id' in message) this.#asked.set(String(message.id), message);
    await this.#inner.send(message, options);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  /** What the server says unasked. Notifications change nothing about a list, and a flood of them would keep us busy. */
  #heard(message: JSONRPCMessage): JSONRPCMessage | null {
    if (!('id' in message)) return null;
    this.#serverRequests++;
    return this.#serverRequests > MAX_SERVER_REQUESTS ? null : message;
  }

  #answered(answer: JsonObject): JSONRPCMessage | null {
    const key = this.#keyOf(answer.id);
    const asked = this.#asked.get(key);
    if (asked === undefined) return null;
    this.#asked.delete(key);
    const { id, method } = asked;
    const { result } = answer;
    this.#failure = answerFailure(method, answer);
    if (this.#failure !== null || !isObject(result)) {
      const message = this.#failure?.message ?? '';
      return { jsonrpc: '2.0', id, error: { code: -32603, message } };
    }
    this.#answers.set(method, result);
    return { jsonrpc: '2.0', id, result: standIn(method, result) } as JSONRPCMessage;
  }

  /** An answer without an id says that the request was not understood; there is one to which that can apply. */
  #keyOf(id: unknown): string {
    const [only, ...others] = this.#asked.keys();
    return (id === null || id === undefined) && only !== undefined && others.length === 0 ? only : String(id);
  }
}
