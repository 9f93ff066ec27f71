import type { Grant, GrantStore } from '../grant-store.ts';
import { LAST_USED_STEP_MS, newId, newToken, tokenHash } from '../token.ts';
import { fieldsOf, hashesOf } from './fields.ts';
import { KEYS } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { ADD_GRANT, CHANGE_TOKEN, FIND_GRANT, LIST_GRANTS } from './scripts.ts';

export function redisGrants(link: RedisLink): GrantStore {
  const changeToken = async (label: string, hash: string): Promise<boolean> =>
    (await link.run(CHANGE_TOKEN, [KEYS.grantLabels, KEYS.grantTokens], [KEYS.grant, label, hash])) === 1;
  return {
    add: async ({ label, servers, policy }) => {
      const id = newId();
      const token = newToken();
      const keys = [KEYS.grantLabels, KEYS.grantTokens, KEYS.grantIds, `${KEYS.grant}${id}`];
      const values = [label, id, tokenHash(token), JSON.stringify(servers), policy ?? ''];
      return (await link.run(ADD_GRANT, keys, values)) === 1 ? { token } : null;
    },
    list: async () => hashesOf(await link.run(LIST_GRANTS, [KEYS.grantIds], [KEYS.grant])).map(grantOf),
    rotate: async (label) => {
      const token = newToken();
      return (await changeToken(label, tokenHash(token))) ? { token } : null;
    },
    revoke: (label) => changeToken(label, ''),
    find: async (token) => {
      const values = [KEYS.grant, tokenHash(token), LAST_USED_STEP_MS];
      const found = fieldsOf(await link.run(FIND_GRANT, [KEYS.grantTokens], values));
      return found.size === 0 ? null : grantOf(found);
    },
  };
}

function grantOf(fields: ReadonlyMap<string, string>): Grant {
  const time = (field: string): number | null => (fields.has(field) ? Number(fields.get(field)) : null);
  return {
    id: fields.get('id') ?? '',
    label: fields.get('label') ?? '',
    servers: JSON.parse(fields.get('servers') ?? '[]') as string[],
    policy: fields.get('policy') ?? null,
    createdAt: time('created') ?? 0,
    rotatedAt: time('rotated'),
    revokedAt: time('revoked'),
    lastUsedAt: time('used'),
  };
}
