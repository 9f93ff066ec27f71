import type { AuditEntry, AuditRow } from '../../../core/audit/audit-entry.ts';
import { type AuditFilter, matchesFilter } from '../../../core/audit/audit-filter.ts';
import { auditRowText, parseAuditRow } from '../../../core/audit/audit-row-text.ts';
import type { ChainHead } from '../../../core/audit/chain-state.ts';
import { rowDigest } from '../row-digest.ts';
import type { AuditLog } from '../store.ts';
import { type StoredRow, verifyChain } from '../verify-chain.ts';
import type { Database, Sql } from './database.ts';

const PAGE_ROWS = 1000;

/** To be run in one transaction: the row and the head belong together. */
export function appendIn(sql: Sql, entry: AuditEntry): void {
  const head = headIn(sql);
  const seq = head.seq + 1;
  const text = auditRowText(seq, entry);
  const digest = rowDigest(head.digest, text);
  sql.run('INSERT INTO audit (seq, row, digest) VALUES (?, ?, ?)', seq, text, digest);
  sql.run('UPDATE audit_head SET seq = ?, digest = ?', seq, digest);
}

function headIn(sql: Sql): ChainHead {
  const row = sql.get('SELECT seq, digest FROM audit_head');
  return { seq: Number(row?.seq), digest: String(row?.digest) };
}

export function sqliteAudit(database: Database): AuditLog {
  const head = (): Promise<ChainHead> => database.read(headIn);
  async function* stored(after: number): AsyncGenerator<StoredRow> {
    for (let last = after; ; ) {
      const page = await database.read((sql) =>
        sql.all('SELECT seq, row, digest FROM audit WHERE seq > ? ORDER BY seq LIMIT ?', last, PAGE_ROWS),
      );
      for (const { seq, row, digest } of page) yield { seq: Number(seq), text: String(row), digest: String(digest) };
      if (page.length < PAGE_ROWS) return;
      last = Number(page.at(-1)?.seq);
    }
  }
  async function* entries(filter: AuditFilter = {}, after = 0): AsyncGenerator<AuditRow> {
    for await (const { text, digest } of stored(after)) {
      const row = parseAuditRow(text);
      if (row !== null && matchesFilter(row, filter)) yield { ...row, digest };
    }
  }
  return {
    entries,
    head,
    verify: async (known) => verifyChain({ rows: stored(-1), head: await head(), known }),
  };
}
