import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError } from '../../system-error.ts';
import { stateDamaged, stateNotAFile, stateNotOpened, stateNotOurs, stateTooNew } from '../state-errors.ts';
import { checkLayout } from './check-layout.ts';
import { type Database, databaseOver, type LibsqlDatabase } from './database.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';
import { isBusy, isSqlRefused, sqliteFailure } from './sqlite-failure.ts';

const ONLY_OURS = 0o600;

/**
 * Opens the file, makes it where there is none, and brings an older one up to date. Nobody else may read it. A file of
 * another kind, or of a newer version, is left as it is.
 */
export async function openDatabase(file: string, { patienceMs }: { readonly patienceMs: number }): Promise<Database> {
  const path = resolve(file);
  await makeFile(path);
  const libsql = await connect(path);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      prepare(libsql, path);
      await chmod(path, ONLY_OURS);
      return databaseOver(libsql, { path, patienceMs });
    } catch (error) {
      if (!isBusy(error) || Date.now() >= deadline) {
        libsql.close();
        throw isSystemError(error) ? stateNotOpened(path, error) : sqliteFailure(error, { path, patienceMs });
      }
    }
    await sleep(1 + Math.random() * 10);
  }
}

/** SQLite gives the files it puts beside it the same mode, so the first one has to have it from the beginning. */
async function makeFile(path: string): Promise<void> {
  const entry = await stat(path).catch(() => null);
  // To open a pipe is to wait for whoever reads it.
  if (entry !== null && !entry.isFile() && !entry.isDirectory()) throw stateNotAFile(path);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await (await open(path, 'a', ONLY_OURS)).close();
  } catch (error) {
    throw stateNotOpened(path, error as NodeJS.ErrnoException);
  }
}

async function connect(path: string): Promise<LibsqlDatabase> {
  const { default: Libsql } = await import('libsql');
  return new Libsql(path) as LibsqlDatabase;
}

function prepare(libsql: LibsqlDatabase, path: string): void {
  const number = (pragma: string): number =>
    Number(Object.values(libsql.prepare(`PRAGMA ${pragma}`).get([]) as object)[0]);
  const checkKind = (): number => {
    const version = number('user_version');
    const isEmpty = libsql.prepare('SELECT 1 FROM sqlite_master').get([]) === undefined;
    if (!isEmpty && number('application_id') !== APPLICATION_ID) throw stateNotOurs(path);
    if (version > SCHEMA_VERSION) throw stateTooNew(path, version, SCHEMA_VERSION);
    return version;
  };
  // Before anything is written into what may be somebody else's file.
  const version = checkKind();
  // A call changes a few bytes of three pages, and each is written whole. A file that is there keeps the size it has.
  libsql.exec('PRAGMA page_size = 1024');
  libsql.exec('PRAGMA journal_mode = WAL');
  // What was committed survives the end of the process; only a power cut may take the last moments.
  libsql.exec('PRAGMA synchronous = NORMAL');
  // Emptying the log waits for the disk, and some call waits with it: seldom, therefore, at 16 MB.
  libsql.exec('PRAGMA wal_autocheckpoint = 16000');
  // Arguments that waited for a person are overwritten, not only unlinked.
  libsql.exec('PRAGMA secure_delete = ON');
  if (version < SCHEMA_VERSION) migrate(libsql, path, checkKind);
  checkLayout(libsql, path);
}

function migrate(libsql: LibsqlDatabase, path: string, versionNow: () => number): void {
  libsql.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of MIGRATIONS.slice(versionNow())) libsql.exec(migration);
    libsql.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    libsql.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    libsql.exec('COMMIT');
  } catch (error) {
    if (libsql.inTransaction) libsql.exec('ROLLBACK');
    // It has tables already that its version does not have yet, or lacks some that it has.
    throw isSqlRefused(error) ? stateDamaged(path, 'Its tables are not those of its version.') : error;
  }
}
