/** What one listener takes on at most, so that no client can exhaust it, nor the machine it runs on. */
export interface ListenerLimits {
  /** Of one request. */
  readonly maxBodyBytes: number;
  /** Of all bodies that are being read or passed on together. */
  readonly maxBufferedBytes: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** Streams that are open at once, and the requests that wait for an answer. */
  readonly maxExchanges: number;
  /** Sessions with servers that are reached over HTTP: little more than an entry in a table. */
  readonly maxSessions: number;
  /** Sessions with servers that are programs here: each runs one. */
  readonly maxPrograms: number;
  /** After so long without a request or an open stream a session ends. */
  readonly sessionIdleMs: number;
  readonly headersTimeoutMs: number;
  /** A whole request has to be there by then. */
  readonly requestTimeoutMs: number;
  /** A client that takes nothing of its answer for so long is let go. */
  readonly stallTimeoutMs: number;
  /** How often a silent stream shows that it is still there. */
  readonly keepAliveMs: number;
}

const MIB = 1024 * 1024;

export function listenerLimits(given: Partial<ListenerLimits> = {}): ListenerLimits {
  const maxBodyBytes = given.maxBodyBytes ?? 64 * MIB;
  return {
    maxBodyBytes,
    maxBufferedBytes: Math.max(256 * MIB, 2 * maxBodyBytes),
    maxHeaderBytes: 32 * 1024,
    maxConnections: 10_000,
    maxExchanges: 8000,
    maxSessions: 20_000,
    maxPrograms: 32,
    sessionIdleMs: 30 * 60_000,
    headersTimeoutMs: 10_000,
    requestTimeoutMs: 60_000,
    stallTimeoutMs: 30_000,
    keepAliveMs: 25_000,
    ...given,
  };
}
