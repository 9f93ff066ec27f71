import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import type { UserError } from '../../src/core/user-error.ts';
import { openServingStore } from '../../src/io/state/serving-store.ts';
import { entry, limit } from '../support/audit-entries.ts';
import { hasRedis, redisServer } from '../support/redis-server.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const LOCAL = { grant: 'local', server: 'files' };

test('a gateway whose Redis is not there yet refuses calls until it is', {
  skip: hasRedis ? false : 'there is no redis-server',
  timeout: 60_000,
}, async (t) => {
  const redis = await redisServer();
  t.after(() => redis.remove());
  const address = redis.fresh();
  await redis.stop();
  const troubles: UserError[] = [];
  const store = await openServingStore(address, (error) => troubles.push(error));
  t.after(() => store.close());
  assert.deepEqual(
    troubles.map(({ code }) => code),
    ['REDIS_UNREACHABLE'],
  );
  await assert.rejects(store.reserve(LOCAL, [limit(1)]), { code: 'REDIS_UNREACHABLE' });
  await redis.start();
  for (let isThere = false; !isThere; await sleep(100))
    isThere = await store.audit.head().then(
      () => true,
      () => false,
    );
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, true);
  await store.record(entry());
  assert.equal((await store.audit.verify()).intact, true);
});

test('a gateway whose state is locked when it starts refuses calls until it is not', { timeout: 60_000 }, async (t) => {
  const file = join(temporaryFolder(t), 'state.db');
  const other = new Libsql(file);
  other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  const store = await openServingStore(file, () => {});
  await assert.rejects(store.record(entry()), { code: 'STATE_LOCKED' });
  other.exec('ROLLBACK');
  other.close();
  for (let isThere = false; !isThere; await sleep(100))
    isThere = await store.record(entry()).then(
      () => true,
      () => false,
    );
  await store.close();
});

test('a state that a person has to look at keeps the gateway from starting', async (t) => {
  const file = join(temporaryFolder(t), 'notes.txt');
  writeFileSync(file, 'These are notes.\n'.repeat(300));
  await assert.rejects(
    openServingStore(file, () => {}),
    { code: 'STATE_NOT_OURS' },
  );
});
