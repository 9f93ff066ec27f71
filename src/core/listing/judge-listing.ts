import type { Knowledge, ServerIdentity } from '../classify/knowledge.ts';
import type { Finding } from '../finding.ts';
import { recommend } from '../policy/recommend/recommend.ts';
import type { ServerReport, Transport } from '../report.ts';
import { judgeTools } from './judge-tools.ts';

/** The server a list of tools is from, as the person named it. */
export interface ListedServer {
  /** What the report calls the server. */
  readonly name: string;
  /** How it is reached, printable: no secrets, no machine paths of ours. */
  readonly target: string;
  /** What is known of the server without asking it: the registry package and the URL it is reached by. */
  readonly reachedBy: { readonly package?: string; readonly url?: string };
}

/** One server's tools as it sent them, unjudged. */
export interface Listing {
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

/** One server's part of the report: the tools that could be read, judged, with a policy and everything noticed on the way. */
export function judgeListing(listed: ListedServer, listing: Listing, knowledge: Knowledge): ServerReport {
  const { transport, protocol, server } = listing;
  const identity = identify(listed, listing);
  const judged = judgeTools(listing.tools, identity, knowledge);
  return {
    name: identity.name,
    target: listed.target,
    transport,
    protocol,
    server: server === null ? null : { name: server.name, version: server.version },
    tools: judged.classifications,
    policy: recommend(judged.classifications),
    findings: [...listing.findings, ...judged.findings],
  };
}

/** A file was given by the person, so the name it holds is taken; a server that is asked could take another one's overrides by its name. */
function identify(listed: ListedServer, { transport, server }: Listing): ServerIdentity {
  const claimedName = server?.name;
  return {
    name: transport === 'file' && claimedName ? claimedName : listed.name,
    ...(claimedName !== undefined && { claimedName }),
    ...listed.reachedBy,
  };
}
