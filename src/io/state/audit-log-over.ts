import type { AuditRow } from '../../core/audit/audit-entry.ts';
import { type AuditFilter, matchesFilter } from '../../core/audit/audit-filter.ts';
import { parseAuditRow } from '../../core/audit/audit-row-text.ts';
import type { ChainHead } from '../../core/audit/chain-state.ts';
import type { AuditLog } from './store.ts';
import { type StoredRow, verifyChain } from './verify-chain.ts';

interface StoredLog {
  /** Rows in order, after the given one; -1: whatever is there. */
  readonly stored: (after: number) => AsyncIterable<StoredRow>;
  readonly head: () => Promise<ChainHead>;
}

/** What reads the log, the same over every store. */
export function auditLogOver({ stored, head }: StoredLog): AuditLog {
  async function* entries(filter: AuditFilter = {}, after = 0): AsyncGenerator<AuditRow> {
    for await (const { text, digest } of stored(after)) {
      const row = parseAuditRow(text);
      if (row !== null && matchesFilter(row, filter)) yield { ...row, digest };
    }
  }
  return {
    entries,
    head,
    verify: (known) => verifyChain({ rows: stored(-1), readHead: head, known }),
  };
}
