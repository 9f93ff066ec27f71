import { isObject, type JsonObject } from '../tool.ts';

/** The tools of one JSON document, and what the server is called in it. */
export interface ToolsDocument {
  readonly server: { readonly name: string; readonly version: string } | null;
  readonly tools: readonly unknown[];
  /** The list says that it goes on: a client would have to ask for the next page. */
  readonly hasMore: boolean;
}

/** Why a JSON document is not a list of tools. */
export type NotToolsDocument =
  | { readonly kind: 'error-response'; readonly says: string }
  | { readonly kind: 'no-tools'; readonly found: string };

/**
 * Reads a `tools/list` result, a whole JSON-RPC response with one inside, a bare list of tools, or one tool.
 * The tools themselves stay unread: one malformed tool must not hide the others.
 */
export function parseToolsDocument(document: unknown): ToolsDocument | NotToolsDocument {
  if (Array.isArray(document)) return { server: null, tools: document, hasMore: false };
  if (!isObject(document)) return { kind: 'no-tools', found: nameOf(document) };
  const body = isObject(document.result) ? document.result : document;
  if (Array.isArray(body.tools)) return toolsOf(body, body.tools);
  if (isObject(document.error)) return { kind: 'error-response', says: String(document.error.message ?? 'no message') };
  if (typeof document.name === 'string') return { server: null, tools: [document], hasMore: false };
  return { kind: 'no-tools', found: nameOf(document) };
}

function toolsOf(document: JsonObject, tools: readonly unknown[]): ToolsDocument {
  const server = document.server ?? document.serverInfo;
  return { server: serverOf(server), tools, hasMore: typeof document.nextCursor === 'string' };
}

function serverOf(server: unknown): ToolsDocument['server'] {
  if (typeof server === 'string' && server !== '') return { name: server, version: '' };
  if (!isObject(server) || typeof server.name !== 'string' || server.name === '') return null;
  return { name: server.name, version: typeof server.version === 'string' ? server.version : '' };
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (!isObject(value)) return `a ${typeof value}`;
  const keys = Object.keys(value).slice(0, 5);
  return keys.length === 0 ? 'an empty object' : `an object with ${keys.map((key) => JSON.stringify(key)).join(', ')}`;
}
