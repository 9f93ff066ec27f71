import type { AuditEntry } from '../../../core/audit/audit-entry.ts';
import { auditRowText } from '../../../core/audit/audit-row-text.ts';
import { CHAIN_START, type ChainHead } from '../../../core/audit/chain-state.ts';
import { auditLogOver } from '../audit-log-over.ts';
import { rowDigest } from '../row-digest.ts';
import { recordDamaged } from '../state-errors.ts';
import type { AuditLog } from '../store.ts';
import type { StoredRow } from '../verify-chain.ts';
import type { Database, Sql } from './database.ts';

const PAGE_ROWS = 1000;

/** Appends to the chain; to be run in a transaction. */
export type Append = (sql: Sql, entry: AuditEntry) => void;

/** Remembers where the chain ends, and looks only where it has gone on without us. */
export function sqliteAppender(path: string): Append {
  let head = CHAIN_START;
  const appendAfter = (sql: Sql, { seq: last, digest: previous }: ChainHead, entry: AuditEntry): boolean => {
    const seq = last + 1;
    const text = auditRowText(seq, entry);
    const digest = rowDigest(previous, text);
    const { changes } = sql.run(APPEND, seq, digest, text, last, previous);
    if (changes > 0) head = { seq, digest };
    return changes > 0;
  };
  return (sql, entry) => {
    if (!appendAfter(sql, head, entry) && !appendAfter(sql, headIn(sql), entry))
      throw recordDamaged(path, 'It does not say any more which row is the last.');
  };
}

const APPEND = 'UPDATE audit_head SET seq = ?, digest = ?, row = ? WHERE seq = ? AND digest = ?';

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
