import type { Store } from './store.ts';

/** Opens the state at `where`: a file, which is made where there is none. */
export async function openStore(where: string): Promise<Store> {
  const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
  return openSqliteStore(where);
}
