import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stateMissing } from './state-errors.ts';
import type { Store } from './store.ts';

const REDIS = /^rediss?:/i;

/** Opens the state at `where`: a redis:// or rediss:// URL, or else a file, which is made where there is none. */
export async function openStore(where: string): Promise<Store> {
  if (REDIS.test(where)) {
    const { openRedisStore } = await import('./redis/redis-store.ts');
    return openRedisStore(where);
  }
  const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
  return openSqliteStore(where);
}

/** The same for who only looks: a file that is not there is not made. */
export async function openExistingStore(where: string): Promise<Store> {
  const isThere = REDIS.test(where) || (await stat(where).catch(({ code }) => code !== 'ENOENT'));
  if (!isThere) throw stateMissing(resolve(where));
  return openStore(where);
}
