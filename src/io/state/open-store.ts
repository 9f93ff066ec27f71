import type { Store } from './store.ts';

/** Opens the state at `where`: a redis:// or rediss:// URL, or else a file, which is made where there is none. */
export async function openStore(where: string): Promise<Store> {
  if (/^rediss?:/i.test(where)) {
    const { openRedisStore } = await import('./redis/redis-store.ts');
    return openRedisStore(where);
  }
  const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
  return openSqliteStore(where);
}
