/**
 * Tables, by the version that brought them. A version that was released is never changed: a new one is added below it.
 * Keys and rows are JSON text, because SQLite's own text ends at a NUL, and names are strangers'.
 */

/** Says in the file's header that it is ours ("PLst"). */
export const APPLICATION_ID = 0x504c7374;

export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE counters (key TEXT PRIMARY KEY, starts INTEGER NOT NULL, ends INTEGER NOT NULL, used REAL NOT NULL)
     WITHOUT ROWID;
   CREATE TABLE audit (seq INTEGER PRIMARY KEY, row TEXT NOT NULL, digest TEXT NOT NULL);
   CREATE TABLE audit_head (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, digest TEXT NOT NULL);
   INSERT INTO audit_head VALUES (1, 0, '${'0'.repeat(64)}');
   CREATE TABLE grants (id TEXT PRIMARY KEY, label TEXT NOT NULL, token_hash TEXT NOT NULL UNIQUE, servers TEXT NOT NULL,
     policy TEXT, created_at INTEGER NOT NULL, rotated_at INTEGER, revoked_at INTEGER, last_used_at INTEGER);
   CREATE UNIQUE INDEX living_labels ON grants (label) WHERE revoked_at IS NULL;
   CREATE TABLE approvals (id TEXT PRIMARY KEY, asked_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
     state TEXT NOT NULL, call TEXT NOT NULL, args TEXT);`,
  // One statement moves the end of the chain on and files the row. Whoever only changes the end files nothing.
  `ALTER TABLE audit_head ADD COLUMN row TEXT;
   CREATE TRIGGER file_row AFTER UPDATE OF row ON audit_head
     BEGIN INSERT INTO audit (seq, row, digest) VALUES (new.seq, new.row, new.digest); END;`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** What all of these together make: the columns of each table, and what else has to be there. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  audit: ['seq', 'row', 'digest'],
  audit_head: ['only', 'seq', 'digest', 'row'],
  counters: ['key', 'starts', 'ends', 'used'],
  grants: ['id', 'label', 'token_hash', 'servers', 'policy', 'created_at', 'rotated_at', 'revoked_at', 'last_used_at'],
  approvals: ['id', 'asked_at', 'expires_at', 'state', 'call', 'args'],
};
/** Without it rows are taken, and kept nowhere. */
export const RECORD_TRIGGER = 'file_row';
export const LABEL_INDEX = 'living_labels';
