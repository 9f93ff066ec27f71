import type { AuditEntry } from '../../../core/audit/audit-entry.ts';
import { auditRowText } from '../../../core/audit/audit-row-text.ts';
import type { ChainHead } from '../../../core/audit/chain-state.ts';
import { auditLogOver } from '../audit-log-over.ts';
import { rowDigest } from '../row-digest.ts';
import type { AuditLog } from '../store.ts';
import type { StoredRow } from '../verify-chain.ts';
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
  return auditLogOver({ stored, head: () => database.read(headIn) });
}
