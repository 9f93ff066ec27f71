import { CHAIN_START, type ChainHead } from '../../../core/audit/chain-state.ts';
import { auditLogOver } from '../audit-log-over.ts';
import type { AuditLog } from '../store.ts';
import type { StoredRow } from '../verify-chain.ts';
import type { AppendAfter } from './chain-appender.ts';
import { fieldsOf } from './fields.ts';
import { KEYS } from './keys.ts';
import type { Answer, RedisLink } from './redis-link.ts';
import { APPEND } from './scripts.ts';

const PAGE_ROWS = 1000;

export const appendAt =
  (link: RedisLink): AppendAfter =>
  async (expected, rows) => {
    const values = [expected.seq, expected.digest, ...rows.flatMap(({ text, digest }) => [text, digest])];
    const answer = await link.run(APPEND, [KEYS.audit, KEYS.auditHead], values);
    const [appended, seq, digest] = answer as readonly Answer[];
    const head = { seq: Number(seq), digest: String(digest) };
    return { appended: appended === 1, isAnother: appended === -1, head };
  };

export function redisAudit(link: RedisLink): AuditLog {
  async function* stored(after: number): AsyncGenerator<StoredRow> {
    for (let from = after < 0 ? '-' : `(${after}-0`; ; ) {
      const page = await link.command('XRANGE', KEYS.audit, from, '+', 'COUNT', String(PAGE_ROWS));
      const rows = page as readonly (readonly [id: string, fields: Answer])[];
      for (const [id, fields] of rows) {
        const row = fieldsOf(fields);
        yield { seq: Number.parseInt(id, 10), text: row.get('row') ?? '', digest: row.get('digest') ?? '' };
      }
      if (rows.length < PAGE_ROWS) return;
      from = `(${rows.at(-1)?.[0]}`;
    }
  }
  return auditLogOver({ stored, head: () => headAt(link) });
}

async function headAt(link: RedisLink): Promise<ChainHead> {
  const head = fieldsOf(await link.command('HGETALL', KEYS.auditHead));
  return { seq: Number(head.get('seq') ?? CHAIN_START.seq), digest: head.get('digest') ?? CHAIN_START.digest };
}
