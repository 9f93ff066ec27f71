import type { Grant, GrantStore } from '../grant-store.ts';
import { LAST_USED_STEP_MS, newId, newToken, tokenHash } from '../token.ts';
import type { Database, SqlRow, SqlValue } from './database.ts';

export function sqliteGrants(database: Database, now: () => number): GrantStore {
  return {
    add: ({ label, servers, policy }) =>
      database.write((sql) => {
        if (sql.get('SELECT 1 FROM grants WHERE label = ? AND revoked_at IS NULL', label) !== undefined) return null;
        const token = newToken();
        sql.run(
          'INSERT INTO grants (id, label, token_hash, servers, policy, created_at) VALUES (?, ?, ?, ?, ?, ?)',
          newId(),
          label,
          tokenHash(token),
          JSON.stringify(servers),
          policy,
          now(),
        );
        return { token };
      }),
    list: () => database.read((sql) => sql.all('SELECT * FROM grants ORDER BY created_at, rowid').map(grantOf)),
    rotate: (label) =>
      database.write((sql) => {
        const token = newToken();
        const { changes } = sql.run(
          'UPDATE grants SET token_hash = ?, rotated_at = ? WHERE label = ? AND revoked_at IS NULL',
          tokenHash(token),
          now(),
          label,
        );
        return changes === 0 ? null : { token };
      }),
    revoke: (label) =>
      database.write((sql) => {
        const revoke = 'UPDATE grants SET revoked_at = ? WHERE label = ? AND revoked_at IS NULL';
        return sql.run(revoke, now(), label).changes > 0;
      }),
    find: async (token) => {
      const find = 'SELECT * FROM grants WHERE token_hash = ? AND revoked_at IS NULL';
      const row = await database.read((sql) => sql.get(find, tokenHash(token)));
      if (row === undefined) return null;
      const usedAt = now();
      if (usedAt - Number(row.last_used_at ?? 0) >= LAST_USED_STEP_MS)
        await database.write((sql) =>
          sql.run('UPDATE grants SET last_used_at = ? WHERE id = ?', usedAt, row.id ?? null),
        );
      return grantOf(row);
    },
  };
}

const timeOf = (value: SqlValue | undefined): number | null => (typeof value === 'number' ? value : null);

function grantOf({ id, label, servers, policy, created_at, rotated_at, revoked_at, last_used_at }: SqlRow): Grant {
  return {
    id: String(id),
    label: String(label),
    servers: JSON.parse(String(servers)) as string[],
    policy: typeof policy === 'string' ? policy : null,
    createdAt: Number(created_at),
    rotatedAt: timeOf(rotated_at),
    revokedAt: timeOf(revoked_at),
    lastUsedAt: timeOf(last_used_at),
  };
}
