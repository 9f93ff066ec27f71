import type { AuditEntry, AuditOutcome } from './audit-entry.ts';

/** What an entry has to be; what is left out does not matter. */
export interface AuditFilter {
  readonly server?: string | undefined;
  readonly tool?: string | undefined;
  readonly grant?: string | undefined;
  readonly outcomes?: readonly AuditOutcome[] | undefined;
  /** Milliseconds since 1970. */
  readonly since?: number | undefined;
}

export function matchesFilter(entry: AuditEntry, { server, tool, grant, outcomes, since }: AuditFilter): boolean {
  return (
    (server === undefined || entry.server === server) &&
    (tool === undefined || entry.tool === tool) &&
    (grant === undefined || entry.grant === grant) &&
    (outcomes === undefined || outcomes.includes(entry.outcome)) &&
    (since === undefined || entry.at >= since)
  );
}
