/** Where tools come from. A source is lazy: nothing is started or connected before `listTools`. */
import type { Finding } from '../core/finding.ts';
import type { Transport } from '../core/report.ts';

/** One server's tools as it sent them, unjudged. */
export interface ToolListing {
  readonly transport: Transport;
  /** The negotiated MCP revision; null for a file. */
  readonly protocol: string | null;
  /** What the server calls itself: a claim. */
  readonly server: { readonly name: string; readonly version: string } | null;
  /** Raw `tools/list` entries in the server's order; nothing about their shape is promised. */
  readonly tools: readonly unknown[];
  /** What was noticed while listing (pages cut, noise on stdout ...). */
  readonly findings: readonly Finding[];
}

export interface ListOptions {
  /** Aborting it ends the listing and every process started for it. */
  readonly signal: AbortSignal;
  /** Told in a few words what is being done now, for a spinner. */
  readonly onProgress?: (doing: string) => void;
}

export interface ToolSource {
  /** What the report calls the server. */
  readonly name: string;
  /** How it is reached, printable: no secrets, no machine paths of ours. */
  readonly target: string;
  /** What is known of the server without asking it: the registry package and the URL it is reached by. */
  readonly reachedBy: { readonly package?: string; readonly url?: string };
  /** Lists all tools under one time limit. Throws UserError when the server cannot be listed. */
  listTools(options: ListOptions): Promise<ToolListing>;
}
