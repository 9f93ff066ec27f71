/** A conversation with a server that has answered: what it said of itself, and how to ask it for tools. */
import { isObject } from '../../core/tool.ts';

export interface Session {
  /** The negotiated MCP revision. */
  readonly revision: string;
  /** What the server calls itself: a claim, cut to a bounded length. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** The raw answer to `tools/list`, in whatever shape the server gave it. */
  listPage(cursor: string | undefined): Promise<unknown>;
}

/** The server answered a request with a JSON-RPC error. */
export class RefusedRequest extends Error {
  readonly method: string;
  readonly code: number;

  constructor(method: string, { code, message }: { readonly code: number; readonly message: string }) {
    super(message);
    this.method = method;
    this.code = code;
  }
}

/** The server answered, but not in a shape that can be read. */
export class UnreadableAnswer extends Error {}

const MAX_CLAIM_LENGTH = 200;

/** The identity in an `initialize` or `server/discover` answer; null where the server gives no name. */
export function claimedIdentity(raw: unknown): Session['server'] {
  if (!isObject(raw) || typeof raw.name !== 'string' || raw.name === '') return null;
  const version = typeof raw.version === 'string' ? raw.version : '';
  return { name: raw.name.slice(0, MAX_CLAIM_LENGTH), version: version.slice(0, MAX_CLAIM_LENGTH) };
}
