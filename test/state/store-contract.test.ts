/** What every store promises. Both run the same tests, each with a database of its own. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { AuditRow } from '../../src/core/audit/audit-entry.ts';
import type { AuditFilter } from '../../src/core/audit/audit-filter.ts';
import type { AskedCall } from '../../src/io/state/approval-store.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import type { Store } from '../../src/io/state/store.ts';
import { entry, limit } from '../support/audit-entries.ts';
import { hasRedis, type RedisServer, redisServer } from '../support/redis-server.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { startWriter } from '../support/state-writers.ts';

const LOCAL = { grant: 'local', server: 'files' };
const ASKED: AskedCall = {
  ...LOCAL,
  tool: 'delete_file',
  rule: '/tools/delete_file/require_approval/0',
  message: 'A person has to approve it.',
  args: { path: '/tmp/a', deep: { list: [1, 'zwei', null] } },
  timeoutMs: 60_000,
};
const NEVER = new AbortController().signal;

let redis: RedisServer | null = null;
before(async () => {
  if (hasRedis) redis = await redisServer();
});
after(() => redis?.remove());

const STORES: Readonly<Record<string, (test: TestContext) => string>> = {
  SQLite: (context) => join(temporaryFolder(context), 'state.db'),
  Redis: () => redis?.fresh() ?? '',
};

async function rowsOf(store: Store, filter?: AuditFilter, from?: number): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  for await (const row of store.audit.entries(filter, from)) rows.push(row);
  return rows;
}

for (const [name, place] of Object.entries(STORES)) {
  const skip = name === 'Redis' && !hasRedis ? 'there is no redis-server' : false;
  describe(name, { skip }, () => {
    const onStore = (title: string, promise: (store: Store, where: string) => Promise<void>): void => {
      test(title, { timeout: 60_000 }, async (context) => {
        const where = place(context);
        const store = await openStore(where);
        try {
          await promise(store, where);
        } finally {
          await store.close();
        }
      });
    };

    onStore(
      'a counter lets as many calls through as its limit says, and tells when there is room again',
      async (store) => {
        for (let call = 0; call < 3; call += 1) assert.equal((await store.reserve(LOCAL, [limit(3)])).ok, true);
        const fourth = await store.reserve(LOCAL, [limit(3)]);
        assert.ok(!fourth.ok);
        assert.deepEqual(fourth.full, limit(3));
        assert.equal(fourth.resetsAt % 86_400_000, 0);
        assert.ok(fourth.resetsAt > Date.now());
      },
    );

    onStore('all limits of a call are reserved together or none', async (store) => {
      const both = [limit(5), limit(1, { counter: 'writes' })];
      assert.equal((await store.reserve(LOCAL, both)).ok, true);
      const second = await store.reserve(LOCAL, both);
      assert.ok(!second.ok && second.full.counter === 'writes');
      assert.equal((await store.reserve(LOCAL, [limit(5, { amount: 4 })])).ok, true);
    });

    onStore('a counter that a call takes from twice counts both', async (store) => {
      assert.equal((await store.reserve(LOCAL, [limit(3, { amount: 2 }), limit(3, { amount: 2 })])).ok, false);
      assert.equal((await store.reserve(LOCAL, [limit(4, { amount: 2 }), limit(4, { amount: 2 })])).ok, true);
      assert.equal((await store.reserve(LOCAL, [limit(4)])).ok, false);
    });

    onStore('windows, counters, servers and, where the limit says so, grants are counted apart', async (store) => {
      const own = limit(1, { scope: 'grant' });
      const taken = [
        [LOCAL, own],
        [{ ...LOCAL, grant: 'g2' }, own],
        [{ ...LOCAL, server: 'mail' }, own],
        [LOCAL, limit(1)],
        [LOCAL, limit(1, { window: 'hour' })],
        [LOCAL, limit(1, { counter: 'other' })],
      ] as const;
      for (const [caller, each] of taken) assert.equal((await store.reserve(caller, [each])).ok, true);
      assert.equal((await store.reserve({ ...LOCAL, grant: 'g3' }, [limit(1)])).ok, false);
    });

    onStore('amounts are added up as they are, fractions and large ones too', async (store) => {
      assert.equal((await store.reserve(LOCAL, [limit(1e15, { amount: 999_999_999_999_999 })])).ok, true);
      assert.equal((await store.reserve(LOCAL, [limit(1e15, { amount: 1.5 })])).ok, false);
      assert.equal((await store.reserve(LOCAL, [limit(1e15, { amount: 0.5 })])).ok, true);
      const tenth = limit(0.35, { counter: 'tenths', amount: 0.1 });
      for (let call = 0; call < 3; call += 1) assert.equal((await store.reserve(LOCAL, [tenth])).ok, true);
      assert.equal((await store.reserve(LOCAL, [tenth])).ok, false);
    });

    onStore('what is given back can be taken again, and is given back once', async (store) => {
      const first = await store.reserve(LOCAL, [limit(2)]);
      await store.reserve(LOCAL, [limit(2)]);
      assert.ok(first.ok);
      await store.giveBack(first.receipt);
      await store.giveBack(first.receipt);
      assert.equal((await store.reserve(LOCAL, [limit(2)])).ok, true);
      assert.equal((await store.reserve(LOCAL, [limit(2)])).ok, false);
    });

    onStore('a call without limits is recorded all the same', async (store) => {
      const reserved = await store.reserveAndRecord(LOCAL, [], () => entry());
      assert.ok(reserved.ok);
      await store.giveBack(reserved.receipt);
      assert.equal((await rowsOf(store)).length, 1);
    });

    onStore('a decision is recorded together with its reservation, as allowed or as denied', async (store) => {
      for (let call = 0; call < 2; call += 1)
        await store.reserveAndRecord(LOCAL, [limit(1)], (full) =>
          entry(full === null ? {} : { outcome: 'denied', rule: full.full.pointer }),
        );
      const rows = await rowsOf(store);
      assert.deepEqual(
        rows.map(({ seq, outcome, rule }) => [seq, outcome, rule]),
        [
          [1, 'allowed', '/tools/read_file'],
          [2, 'denied', '/all_tools/limits/0'],
        ],
      );
    });

    onStore('what is recorded is read back as it was, whatever the names are', async (store) => {
      const hostile = entry({
        tool: 'a\0b\ud800"\u001b[31m',
        server: '__proto__',
        argumentKeys: ['constructor', 'ü\n'],
      });
      await store.record(hostile);
      const [row] = await rowsOf(store);
      assert.deepEqual(row, { seq: 1, ...hostile, digest: row?.digest });
      assert.equal((await store.audit.verify()).intact, true);
    });

    onStore('a monstrous name takes no monstrous row', async (store) => {
      const keys = Array.from({ length: 10_000 }, (_, at) => `key${at}`.padEnd(1000, 'x'));
      await store.record(entry({ tool: 'x'.repeat(1_000_000), argumentKeys: keys }));
      assert.ok(JSON.stringify(await rowsOf(store)).length < 10_000);
    });

    onStore('entries are found by server, tool, grant, outcome and time, and from a row onwards', async (store) => {
      await store.record(entry({ server: 'mail', at: 1000 }));
      await store.record(entry({ tool: 'write_file', at: 2000 }));
      await store.record(entry({ grant: 'alice', outcome: 'denied', at: 3000 }));
      const found = async (filter: AuditFilter, from = 0): Promise<number[]> =>
        (await rowsOf(store, filter, from)).map(({ seq }) => seq);
      assert.deepEqual(await found({ server: 'mail' }), [1]);
      assert.deepEqual(await found({ tool: 'write_file' }), [2]);
      assert.deepEqual(await found({ grant: 'alice' }), [3]);
      assert.deepEqual(await found({ outcomes: ['denied'] }), [3]);
      assert.deepEqual(await found({ since: 2000 }), [2, 3]);
      assert.deepEqual(await found({}, 1), [2, 3]);
    });

    onStore('thousands of entries are one chain, and its end can be noted down', async (store) => {
      await Promise.all(Array.from({ length: 2500 }, (_, at) => store.record(entry({ call: `c${at}` }))));
      const head = await store.audit.head();
      assert.equal(head.seq, 2500);
      assert.deepEqual(await store.audit.verify(head), { intact: true, head });
      const rows = await rowsOf(store);
      assert.deepEqual([rows.length, rows.at(-1)?.call, rows.at(-1)?.digest], [2500, 'c2499', head.digest]);
      await store.record(entry());
      assert.equal((await store.audit.verify(head)).intact, true);
      const forged = await store.audit.verify({ seq: 7, digest: 'f'.repeat(64) });
      assert.ok(!forged.intact && forged.seq === 7);
      const cut = await store.audit.verify({ seq: 9000, digest: 'f'.repeat(64) });
      assert.ok(!cut.intact && cut.seq === 2502);
    });

    onStore(
      'a token finds its grant until it is rotated or revoked; no two living grants share a label',
      async (store) => {
        const added = await store.grants.add({ label: 'alice', servers: ['files', 'mail'], policy: '/p.yaml' });
        assert.ok(added);
        assert.equal(await store.grants.add({ label: 'alice', servers: [], policy: null }), null);
        assert.match(added.token, /^plt_[\w-]{43}$/);
        const grant = await store.grants.find(added.token);
        assert.deepEqual([grant?.label, grant?.servers, grant?.policy], ['alice', ['files', 'mail'], '/p.yaml']);
        const rotated = await store.grants.rotate('alice');
        assert.ok(rotated);
        assert.equal(await store.grants.find(added.token), null);
        assert.equal((await store.grants.find(rotated.token))?.id, grant?.id);
        assert.equal(await store.grants.revoke('alice'), true);
        assert.equal(await store.grants.revoke('alice'), false);
        assert.equal(await store.grants.rotate('alice'), null);
        assert.equal(await store.grants.find(rotated.token), null);
        assert.ok(await store.grants.add({ label: 'alice', servers: [], policy: null }));
        const [first, second] = await store.grants.list();
        assert.deepEqual([first?.id, second?.policy, second?.lastUsedAt], [grant?.id, null, null]);
        assert.ok(first?.createdAt && first.rotatedAt && first.revokedAt && first.lastUsedAt);
      },
    );

    onStore('no text that is no token finds a grant', async (store) => {
      await store.grants.add({ label: 'alice', servers: ['files'], policy: null });
      for (const token of ['', 'plt_', 'alice', '__proto__', 'a\0b', 'x'.repeat(100_000)])
        assert.equal(await store.grants.find(token), null);
    });

    onStore('a call waits with its arguments until a person decides, once', async (store) => {
      const id = await store.approvals.ask(ASKED);
      const outcome = store.approvals.outcome(id, NEVER);
      const [waiting] = await store.approvals.list();
      const { timeoutMs: _, ...asked } = ASKED;
      assert.deepEqual(waiting, { ...asked, id, askedAt: waiting?.askedAt, expiresAt: waiting?.expiresAt });
      assert.equal((waiting?.expiresAt ?? 0) - (waiting?.askedAt ?? 0), 60_000);
      assert.equal(await store.approvals.decide(id, 'session'), true);
      assert.equal(await store.approvals.decide(id, 'denied'), false);
      assert.equal(await outcome, 'session');
      assert.deepEqual(await store.approvals.list(), []);
    });

    onStore('a call that nobody decides about expires, and is not allowed afterwards', async (store) => {
      const id = await store.approvals.ask({ ...ASKED, timeoutMs: 300 });
      assert.equal(await store.approvals.outcome(id, NEVER), 'expired');
      assert.equal(await store.approvals.decide(id, 'once'), false);
      assert.deepEqual(await store.approvals.list(), []);
    });

    onStore('a call that is withdrawn or cancelled does not wait any more', async (store) => {
      const cancelled = new AbortController();
      const first = await store.approvals.ask(ASKED);
      const outcome = store.approvals.outcome(first, cancelled.signal);
      cancelled.abort();
      assert.equal(await outcome, 'expired');
      const second = await store.approvals.ask(ASKED);
      await store.approvals.withdraw(second);
      assert.deepEqual(await store.approvals.list(), []);
      assert.equal(await store.approvals.outcome(second, NEVER), 'expired');
    });

    onStore('arguments too long to read are not put before a person', async (store) => {
      const asked = store.approvals.ask({ ...ASKED, args: { text: 'x'.repeat(300_000) } });
      await assert.rejects(asked, { code: 'ARGUMENTS_TOO_LARGE_TO_SHOW' });
    });

    onStore('eight processes on one counter of 100 an hour: exactly 100 calls pass', async (store, where) => {
      const writers = Array.from({ length: 8 }, (_, at) => startWriter(where, 100, `w${at}`));
      const passed = (await Promise.all(writers.map((writer) => writer.passed))).flat();
      assert.equal(passed.length, 100);
      const rows = await rowsOf(store);
      assert.equal(rows.filter(({ outcome }) => outcome === 'allowed').length, 100);
      assert.equal(rows.filter(({ outcome }) => outcome === 'denied').length, 8);
      assert.equal((await store.audit.verify()).intact, true);
    });

    onStore('processes killed in the middle of a burst lose no record and no count', async (store, where) => {
      const writers = Array.from({ length: 4 }, (_, at) => startWriter(where, 1_000_000, `w${at}`));
      await Promise.all(
        writers.map(
          ({ child }) => new Promise((resolve) => child.stdout?.once('data', () => setTimeout(resolve, 300))),
        ),
      );
      for (const { child } of writers) child.kill('SIGKILL');
      const passed = (await Promise.all(writers.map((writer) => writer.passed))).flat();
      assert.equal((await store.audit.verify()).intact, true);
      const recorded = new Set((await rowsOf(store)).map(({ call }) => call));
      assert.deepEqual(
        passed.filter((call) => !recorded.has(call)),
        [],
      );
      // At most one call of each process was in flight: recorded, and not yet told to anybody.
      assert.ok(recorded.size - passed.length <= writers.length);
      const counted = await countedIn(store);
      assert.ok(
        counted >= recorded.size && counted - recorded.size <= writers.length,
        `${counted} of ${recorded.size}`,
      );
    });
  });
}

/** How much a counter of 1,000,000 has taken, found by how much is left. */
async function countedIn(store: Store): Promise<number> {
  let [least, most] = [0, 1_000_000];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    const reserved = await store.reserve(LOCAL, [limit(1_000_000, { window: 'hour', amount: middle })]);
    if (reserved.ok) await store.giveBack(reserved.receipt);
    if (reserved.ok) least = middle;
    else most = middle - 1;
  }
  return 1_000_000 - least;
}
