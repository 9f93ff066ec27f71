import type { ConfigFinding } from './config-finding.ts';
import type { ConfigScope, KnownServer } from './configured-server.ts';

export const PATH_STATES = ['absent', 'empty', 'found', 'unreadable'] as const;

/** One path that a client may keep servers at, and what was there. */
export interface LookedAt {
  readonly client: string;
  readonly clientName: string;
  /** Absolute; a pattern where nothing fits it. */
  readonly path: string;
  readonly scope: ConfigScope;
  readonly state: (typeof PATH_STATES)[number];
  readonly servers: number;
  /** Why it could not be read. */
  readonly because?: string;
}

/** What the clients on a machine hold. */
export interface Inventory {
  readonly paths: readonly LookedAt[];
  readonly servers: readonly KnownServer[];
  readonly findings: readonly ConfigFinding[];
}
