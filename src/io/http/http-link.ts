import type { Transport as StatelessTransport } from '@modelcontextprotocol/client';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Finding } from '../../core/finding.ts';
import { redactor } from '../../core/server/redact.ts';
import type { HttpSpec } from '../../core/server/server-spec.ts';
import type { UserError } from '../../core/user-error.ts';
import { openInitializedSession } from '../session/initialized-session.ts';
import type { ServerLink } from '../session/server-link.ts';
import { RefusedRequest, type Session } from '../session/session.ts';
import { openStatelessSession, UNSUPPORTED_PROTOCOL_VERSION } from '../session/stateless-session.ts';
import { BoundedFetch } from './bounded-fetch.ts';
import { explainHttpFailure } from './explain-http-failure.ts';
import { headerInvalid } from './http-errors.ts';
import { httpRequest, invalidHeader } from './http-request.ts';
import { jsonRpcError } from './json-rpc-error.ts';

/** A courtesy to the server must not keep the user waiting. */
const GOODBYE_MS = 1000;

/** The way to a server over HTTP: Streamable HTTP first, and SSE for servers older than that. */
export class HttpLink implements ServerLink {
  transport: 'streamable-http' | 'sse' = 'streamable-http';
  readonly #spec: HttpSpec;
  readonly #http = new BoundedFetch(() => void this.close());
  readonly #opened: (Transport | StatelessTransport)[] = [];
  #goodbye: (() => Promise<void>) | null = null;
  #isClosed = false;

  constructor(spec: HttpSpec) {
    this.#spec = spec;
  }

  async connect(): Promise<Session> {
    const invalid = invalidHeader(this.#spec.headers);
    if (invalid !== null) throw headerInvalid(this.#spec.name, invalid);
    try {
      return await this.#connectStreamable();
    } catch (error) {
      if (this.#isStatelessOnly(error)) return await this.#connectStateless();
      if (!this.#mayBeOlder()) throw error;
      const { refusal } = this.#http;
      return await this.#connectSse().catch((sseError) => {
        if (this.#http.refusal?.status === 401) throw sseError;
        // What the first attempt met says more: the second is a guess.
        this.#http.refusal = refusal;
        this.transport = 'streamable-http';
        throw error;
      });
    }
  }

  receivedBytes(): number {
    return this.#http.receivedBytes;
  }

  findings(): Finding[] {
    return [];
  }

  lastWords(): string[] {
    return [];
  }

  explain(error: unknown, { isListing }: { readonly isListing: boolean }): UserError {
    const { refusal, isFlooded } = this.#http;
    return explainHttpFailure(this.#spec, error, { isListing, refusal, isFlooded, redact: redactor(this.#spec) });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#goodbye?.();
    for (const transport of this.#opened.splice(0)) await transport.close().catch(() => {});
  }

  async #connectStreamable(): Promise<Session> {
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const transport = new StreamableHTTPClientTransport(this.#url(), this.#options());
    // Its type lacks only the "| undefined" that exactOptionalPropertyTypes asks for.
    const session = await openInitializedSession(this.#open(transport as Transport));
    this.#goodbye = async () => {
      this.#goodbye = null;
      const timer = new Promise<void>((resolve) => setTimeout(resolve, GOODBYE_MS).unref());
      await Promise.race([transport.terminateSession().catch(() => {}), timer]);
    };
    return session;
  }

  async #connectSse(): Promise<Session> {
    const { SSEClientTransport } = await import('@modelcontextprotocol/sdk/client/sse.js');
    this.transport = 'sse';
    return await openInitializedSession(this.#open(new SSEClientTransport(this.#url(), this.#options())));
  }

  async #connectStateless(): Promise<Session> {
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
    const transport = new StreamableHTTPClientTransport(this.#url(), this.#options());
    return await openStatelessSession(this.#open(transport));
  }

  #url(): URL {
    return httpRequest(this.#spec).url;
  }

  #options() {
    return { fetch: this.#http.fetch, requestInit: { headers: httpRequest(this.#spec).headers } };
  }

  /** Nothing is opened after the close, as by an SDK that was still loading then: nobody would close it. */
  #open<T extends Transport | StatelessTransport>(transport: T): T {
    if (this.#isClosed) throw new Error('The connection was closed.');
    this.#opened.push(transport);
    return transport;
  }

  /** The refusal comes as an answer, or as the body of a status that is no success. */
  #isStatelessOnly(error: unknown): boolean {
    if (error instanceof RefusedRequest) return error.code === UNSUPPORTED_PROTOCOL_VERSION;
    return jsonRpcError(this.#http.refusal?.text ?? '')?.code === UNSUPPORTED_PROTOCOL_VERSION;
  }

  /** A server older than Streamable HTTP does not know a POST to its address. 401 and 403 mean that it does. */
  #mayBeOlder(): boolean {
    const status = this.#http.refusal?.status ?? 0;
    return status >= 400 && status < 500 && status !== 401 && status !== 403;
  }
}
