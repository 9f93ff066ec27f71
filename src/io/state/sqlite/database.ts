/** One SQLite file that many processes write: short transactions, one writer at a time, and patience that blocks nobody. */
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stateReplaced } from '../state-errors.ts';
import { isBusy, sqliteFailure } from './sqlite-failure.ts';

/** Nothing else: libsql ends the whole process over a boolean. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Statements, prepared once each. */
export interface Sql {
  run(sql: string, ...values: SqlValue[]): { readonly changes: number };
  get(sql: string, ...values: SqlValue[]): SqlRow | undefined;
  all(sql: string, ...values: SqlValue[]): SqlRow[];
}

export interface Database {
  /**
   * Runs `work` as one transaction, alone among all processes: all of it is kept, or, where `work` throws or returns
   * null, nothing.
   */
  write<T>(work: (sql: Sql) => T): Promise<T>;
  /** Runs `work`, which reads and may see what is written meanwhile. Never waits for a writer. */
  read<T>(work: (sql: Sql) => T): Promise<T>;
  /** Writes the log of recent changes into the file and empties it, where nobody is in the way. */
  tidy(): void;
  close(): void;
}

/** What is used of libsql, whose statements take their values as one array. */
export interface LibsqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): {
    run(values: readonly SqlValue[]): { changes: number };
    get(values: readonly SqlValue[]): unknown;
    all(values: readonly SqlValue[]): unknown[];
  };
  close(): void;
  readonly inTransaction: boolean;
}

export interface DatabaseOptions {
  readonly path: string;
  /** How long another process may keep us waiting. */
  readonly patienceMs: number;
}

const LOOK_AGAIN_MS = 8;
const CHECK_FILE_MS = 1000;

export function databaseOver(libsql: LibsqlDatabase, { path, patienceMs }: DatabaseOptions): Database {
  const prepared = new Map<string, ReturnType<LibsqlDatabase['prepare']>>();
  const statement = (text: string): ReturnType<LibsqlDatabase['prepare']> => {
    const known = prepared.get(text) ?? libsql.prepare(text);
    prepared.set(text, known);
    return known;
  };
  const sql: Sql = {
    run: (text, ...values) => statement(text).run(values),
    get: (text, ...values) => statement(text).get(values) as SqlRow | undefined,
    all: (text, ...values) => statement(text).all(values) as SqlRow[],
  };
  const { ino } = statSync(path);
  let checkedAt = Date.now();
  let isClosed = false;

  /** A file that was removed can still be written, and what is written is lost. */
  const checkFile = (): void => {
    if (isClosed) throw new Error('The store is closed.');
    if (Math.abs(Date.now() - checkedAt) < CHECK_FILE_MS) return;
    if (statSync(path, { throwIfNoEntry: false })?.ino !== ino) throw stateReplaced(path);
    checkedAt = Date.now();
  };
  const patiently = async <T>(work: () => T): Promise<T> => {
    checkFile();
    for (const deadline = Date.now() + patienceMs; ; ) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || Date.now() >= deadline) throw sqliteFailure(error, { path, patienceMs });
      }
      // SQLite's own waiting would stop everything else that this process does. Uneven, so that waiters do not march.
      await sleep(1 + Math.random() * LOOK_AGAIN_MS);
      checkFile();
    }
  };

  const tidy = (): void => {
    try {
      sql.get('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next one will.
    }
  };

  return {
    read: (work) => patiently(() => work(sql)),
    write: (work) => patiently(() => transaction(libsql, sql, work)),
    tidy,
    close: () => {
      if (isClosed) return;
      isClosed = true;
      tidy();
      prepared.clear();
      libsql.close();
    },
  };
}

function transaction<T>(libsql: LibsqlDatabase, sql: Sql, work: (sql: Sql) => T): T {
  sql.run('BEGIN IMMEDIATE');
  try {
    const result = work(sql);
    sql.run(result === null ? 'ROLLBACK' : 'COMMIT');
    return result;
  } catch (error) {
    // A full disk may have ended the transaction already.
    if (libsql.inTransaction) libsql.exec('ROLLBACK');
    throw error;
  }
}
