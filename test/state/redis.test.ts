/** What only Redis can do to us. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../src/core/user-error.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { openRedisLink } from '../../src/io/state/redis/redis-link.ts';
import type { Store } from '../../src/io/state/store.ts';
import { entry, limit } from '../support/audit-entries.ts';
import { freePort } from '../support/ports.ts';
import { hasRedis, type RedisServer, redisServer } from '../support/redis-server.ts';

const LOCAL = { grant: 'local', server: 'files' };

test('an address where nothing listens is told, without the password in it', async () => {
  const address = `redis://someone:hunter2@127.0.0.1:${await freePort()}`;
  await assert.rejects(openStore(address), (error: unknown) => {
    assert.ok(error instanceof UserError && error.code === 'REDIS_UNREACHABLE');
    assert.doesNotMatch(`${error.message} ${error.because} ${error.hint}`, /hunter2|someone/);
    return true;
  });
});

test('an address that cannot be read is told, without what is in it', async () => {
  await assert.rejects(openStore('redis://:hun/ter2@host:port'), (error: unknown) => {
    assert.ok(error instanceof UserError && error.code === 'REDIS_ADDRESS_NOT_UNDERSTOOD');
    assert.doesNotMatch(`${error.message} ${error.because}`, /ter2/);
    return true;
  });
});

test('what listens and never answers is given up', { timeout: 20_000 }, async (t) => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  t.after(() => silent.close());
  const { port } = silent.address() as { port: number };
  await assert.rejects(openStore(`redis://127.0.0.1:${port}`), { code: 'REDIS_UNREACHABLE' });
});

describe('with a server', { skip: hasRedis ? false : 'there is no redis-server' }, () => {
  let redis: RedisServer;
  before(async () => {
    redis = await redisServer();
  });
  after(() => redis.remove());

  const onStore = (title: string, promise: (store: Store, address: string) => Promise<void>): void => {
    test(title, { timeout: 60_000 }, async () => {
      const address = redis.fresh();
      const store = await openStore(address);
      try {
        await promise(store, address);
      } finally {
        await store.close();
      }
    });
  };

  /** Does to the database what somebody with a client could. */
  const tamper = async (address: string, ...words: readonly string[]): Promise<void> => {
    const link = await openRedisLink(address);
    try {
      await link.command(...words);
    } finally {
      await link.close();
    }
  };

  onStore('calls are refused while Redis is stopped, and go on where they were when it is back', async (store) => {
    assert.equal((await store.reserve(LOCAL, [limit(2)])).ok, true);
    await store.record(entry());
    await redis.stop();
    await assert.rejects(store.reserve(LOCAL, [limit(2)]), { code: 'REDIS_UNREACHABLE' });
    await assert.rejects(store.record(entry()), { code: 'REDIS_UNREACHABLE' });
    await redis.start();
    await untilReachable(store);
    assert.equal((await store.reserve(LOCAL, [limit(2)])).ok, true);
    assert.equal((await store.reserve(LOCAL, [limit(2)])).ok, false);
    await store.record(entry());
    assert.deepEqual([(await store.audit.head()).seq, (await store.audit.verify()).intact], [2, true]);
  });

  onStore(
    'a Redis that was emptied while it was in use refuses calls instead of counting anew in silence',
    async (store, address) => {
      for (let at = 0; at < 3; at += 1) await store.record(entry());
      await tamper(address, 'FLUSHDB');
      await assert.rejects(store.record(entry()), { code: 'STATE_REPLACED' });
      await assert.rejects(
        store.reserveAndRecord(LOCAL, [limit(1)], () => entry()),
        { code: 'STATE_REPLACED' },
      );
    },
  );

  onStore('the same where others have gone on with the empty one since, and written more', async (store, address) => {
    for (let at = 0; at < 3; at += 1) await store.record(entry());
    await tamper(address, 'FLUSHDB');
    const other = await openStore(address);
    for (let at = 0; at < 5; at += 1) await other.record(entry({ tool: 'other' }));
    for (let at = 0; at < 2; at += 1) await assert.rejects(store.record(entry()), { code: 'STATE_REPLACED' });
    await other.record(entry());
    assert.deepEqual([(await other.audit.head()).seq, (await other.audit.verify()).intact], [6, true]);
    await other.close();
  });

  onStore('scripts that Redis has forgotten are sent again', async (store, address) => {
    await store.reserve(LOCAL, [limit(9)]);
    await tamper(address, 'SCRIPT', 'FLUSH');
    assert.equal((await store.reserve(LOCAL, [limit(9)])).ok, true);
  });

  onStore('a removed row, a changed row and a tail that was cut off show', async (store, address) => {
    for (let at = 0; at < 5; at += 1) await store.record(entry());
    await tamper(address, 'XDEL', '{policylayer}:audit', '5-0');
    const cut = await store.audit.verify();
    assert.ok(!cut.intact && cut.seq === 5);
    await tamper(address, 'XDEL', '{policylayer}:audit', '2-0');
    const removed = await store.audit.verify();
    assert.ok(!removed.intact && removed.seq === 2);
  });

  onStore('a state of a newer version is refused', async (_store, address) => {
    await tamper(address, 'SET', '{policylayer}:version', '99');
    await assert.rejects(openStore(address), { code: 'STATE_TOO_NEW' });
  });

  onStore('a Redis without memory to spare refuses the call', async (store, address) => {
    await tamper(address, 'CONFIG', 'SET', 'maxmemory', '1');
    await assert.rejects(store.record(entry()), { code: 'REDIS_REFUSED' });
    await tamper(address, 'CONFIG', 'SET', 'maxmemory', '0');
    await store.record(entry());
  });

  onStore('a Redis that stands still is given up in time, and the call is refused', async (store) => {
    redis.pause();
    await assert.rejects(store.reserve(LOCAL, [limit(1)]), { code: 'REDIS_UNREACHABLE' });
    redis.resume();
    await untilReachable(store);
  });
});

async function untilReachable(store: Store): Promise<void> {
  for (;;) {
    try {
      await store.audit.head();
      return;
    } catch {
      await sleep(50);
    }
  }
}
