import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, MessageExtraInfo } from '@modelcontextprotocol/sdk/types.js';
import { isObject } from '../core/tool.ts';
import { RefusedRequest } from './session.ts';

/**
 * What the SDK is given instead of an answer. Both majors check an answer as a whole, the newer one even before a
 * caller's own schema, so that one tool without a schema type, or a server without a version, would hide all tools.
 */
function standIn(method: string, raw: unknown): unknown {
  if (method === 'tools/list') return { resultType: 'complete', tools: [], ttlMs: 0, cacheScope: 'private' };
  if (method !== 'initialize' || !isObject(raw)) return raw;
  const { protocolVersion } = raw;
  return { protocolVersion, capabilities: {}, serverInfo: { name: 'server', version: '0' } };
}

/** Stands between an SDK client and its transport, and keeps answers as the server sent them. */
export class LenientTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: <T extends JSONRPCMessage>(message: T, extra?: MessageExtraInfo) => void;
  readonly #inner: Transport;
  readonly #methods = new Map<string, string>();
  readonly #answers = new Map<string, unknown>();
  #refusal: RefusedRequest | null = null;

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

  /** What `request` gives; where it fails because the server answered with an error, that answer is thrown. */
  async refusalsOf<T>(request: Promise<T>): Promise<T> {
    this.#refusal = null;
    try {
      return await request;
    } catch (error) {
      throw this.#refusal ?? error;
    }
  }

  /** The last raw answer to `method`. */
  answer(method: string): unknown {
    return this.#answers.get(method);
  }

  async start(): Promise<void> {
    this.#inner.onclose = () => this.onclose?.();
    this.#inner.onerror = (error) => this.onerror?.(error);
    this.#inner.onmessage = (message, extra) => this.onmessage?.(this.#received(message), extra);
    await this.#inner.start();
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if ('method' in message && 'id' in message) this.#methods.set(String(message.id), message.method);
    await this.#inner.send(message, options);
  }

  async close(): Promise<void> {
    await this.#inner.close();
  }

  #received(message: JSONRPCMessage): JSONRPCMessage {
    if ('method' in message || !('id' in message)) return message;
    const method = this.#methods.get(String(message.id));
    if (method === undefined) return message;
    this.#methods.delete(String(message.id));
    if ('error' in message) this.#refusal = new RefusedRequest(method, message.error);
    if (!('result' in message)) return message;
    this.#answers.set(method, message.result);
    return { ...message, result: standIn(method, message.result) } as JSONRPCMessage;
  }
}
