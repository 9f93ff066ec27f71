import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile } from '../files/is-file.ts';
import { writeWholeFile } from '../files/write-file.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { withFileLock } from './file-lock.ts';
import { signInsNotKept } from './oauth-errors.ts';
import { type SignInRecord, signInRecordSchema } from './sign-in-record.ts';

/** The sign-ins of one user, a file each, that nobody else may read. A file that cannot be read counts as none. */
export interface SignInStore {
  readonly folder: string;
  read(serverUrl: string): Promise<SignInRecord | null>;
  write(serverUrl: string, record: SignInRecord): Promise<void>;
  /** False where there was none. */
  remove(serverUrl: string): Promise<boolean>;
  list(): Promise<SignInRecord[]>;
  /** Runs `work` while no other process does the same for this server. */
  alone<T>(serverUrl: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function signInStore(userFolder: string): SignInStore {
  const folder = join(userFolder, 'sign-ins');
  const path = (serverUrl: string): string => join(folder, fileNameOf(serverUrl));
  const prepare = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  };
  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      return await change();
    } catch (error) {
      throw isSystemError(error) ? signInsNotKept(folder, systemErrorText(error)) : error;
    }
  };
  return {
    folder,
    read: (serverUrl) => readRecord(path(serverUrl)),
    write: (serverUrl, record) =>
      changing(async () => {
        await prepare();
        await writeWholeFile(path(serverUrl), `${JSON.stringify(record, null, 2)}\n`, { replace: true, mode: 0o600 });
      }),
    remove: (serverUrl) =>
      changing(async () => {
        const existed = isFile(path(serverUrl));
        await rm(path(serverUrl), { force: true });
        return existed;
      }),
    async list() {
      const names = await readdir(folder).catch(() => []);
      const records = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => readRecord(join(folder, name))),
      );
      return records.filter((record) => record !== null).sort((a, b) => (a.server < b.server ? -1 : 1));
    },
    alone: (serverUrl, signal, work) =>
      changing(async () => {
        await prepare();
        return withFileLock(`${path(serverUrl)}.lock`, signal, work);
      }),
  };
}

/** The host for a person who looks, and a digest of the whole address: a token is for this address and no other. */
function fileNameOf(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.username = '';
  url.password = '';
  url.hash = '';
  const digest = createHash('sha256').update(url.href).digest('hex').slice(0, 32);
  return `${url.hostname.replace(/[^a-z0-9.-]/g, '_').slice(0, 80)}-${digest}.json`;
}

async function readRecord(path: string): Promise<SignInRecord | null> {
  try {
    return signInRecordSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}
