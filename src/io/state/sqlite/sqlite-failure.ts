import { stateDamaged, stateFull, stateLocked, stateNotOurs, stateNotWritable } from '../state-errors.ts';

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown } | null)?.code ?? '');

/** Somebody else is writing, or has just died in the middle of it. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(codeOf(error));
}

/** A statement does not fit the tables. */
export function isSqlRefused(error: unknown): boolean {
  return codeOf(error) === 'SQLITE_ERROR';
}

/** What SQLite said, as an error that a person can act on; a mistake of ours stays what it is. */
export function sqliteFailure(error: unknown, { path, patienceMs }: { path: string; patienceMs: number }): unknown {
  const code = codeOf(error);
  if (isBusy(error)) return stateLocked(path, patienceMs);
  if (code === 'SQLITE_FULL') return stateFull(path);
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) return stateNotOurs(path);
  if (/^SQLITE_(?:IOERR|CANTOPEN|READONLY|PERM|AUTH)/.test(code)) return stateNotWritable(path, code);
  // When it was opened it was there.
  if (isSqlRefused(error) && /^no such (?:table|column)/.test(String((error as Error).message)))
    return stateDamaged(path, 'Tables or columns were removed from it while it was in use.');
  return error;
}
