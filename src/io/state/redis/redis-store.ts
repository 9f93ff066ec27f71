import { stateTooNew } from '../state-errors.ts';
import type { Receipt, Store } from '../store.ts';
import { chainAppender } from './chain-appender.ts';
import { KEYS } from './keys.ts';
import { redisApprovals } from './redis-approvals.ts';
import { appendAt, redisAudit } from './redis-audit.ts';
import { giveBackAt, reserveAt } from './redis-counters.ts';
import { redisGrants } from './redis-grants.ts';
import { openRedisLink, printableAddress, type RedisLink } from './redis-link.ts';

const VERSION = 1;

/** The state in Redis, for gateways on several machines; all windows are told by the clock of Redis. */
export async function openRedisStore(address: string): Promise<Store> {
  const where = printableAddress(address);
  const link = await openRedisLink(address);
  try {
    await checkVersion(link, where);
  } catch (error) {
    await link.close();
    throw error;
  }
  const givenBack = new WeakSet<Receipt>();
  const record = chainAppender(appendAt(link), where);
  const giveBack: Store['giveBack'] = async (receipt) => {
    if (givenBack.has(receipt)) return;
    givenBack.add(receipt);
    try {
      await giveBackAt(link, receipt);
    } catch (error) {
      givenBack.delete(receipt);
      throw error;
    }
  };
  return {
    reserve: (caller, limits) => reserveAt(link, caller, limits),
    reserveAndRecord: async (caller, limits, entryFor) => {
      const reserved = await reserveAt(link, caller, limits);
      try {
        await record(entryFor(reserved.ok ? null : reserved));
      } catch (error) {
        // Where Redis is gone this fails as well: the call stays counted, and is denied all the same.
        if (reserved.ok) await giveBack(reserved.receipt).catch(() => {});
        throw error;
      }
      return reserved;
    },
    giveBack,
    record: async (...entries) => {
      await Promise.all(entries.map(record));
    },
    approvals: redisApprovals(link),
    grants: redisGrants(link),
    audit: redisAudit(link),
    close: () => link.close(),
  };
}

async function checkVersion(link: RedisLink, where: string): Promise<void> {
  await link.command('SET', KEYS.version, String(VERSION), 'NX');
  const version = Number(await link.command('GET', KEYS.version));
  if (version > VERSION) throw stateTooNew(where, version, VERSION);
}
