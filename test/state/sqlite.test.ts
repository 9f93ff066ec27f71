/** What only a file on a disk can do to us. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Libsql from 'libsql';
import { auditRowText } from '../../src/core/audit/audit-row-text.ts';
import { CHAIN_START } from '../../src/core/audit/chain-state.ts';
import { UserError } from '../../src/core/user-error.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import { rowDigest } from '../../src/io/state/row-digest.ts';
import { APPLICATION_ID, MIGRATIONS } from '../../src/io/state/sqlite/schema.ts';
import { openSqliteStore, type SqliteOptions } from '../../src/io/state/sqlite/sqlite-store.ts';
import type { Store } from '../../src/io/state/store.ts';
import { entry, limit } from '../support/audit-entries.ts';
import { runShell, temporaryFolder } from '../support/run-cli.ts';

const LOCAL = { grant: 'local', server: 'files' };

/** A new state, closed when the test is over. */
async function newState(t: TestContext, options: SqliteOptions = {}): Promise<{ store: Store; file: string }> {
  const file = join(temporaryFolder(t), 'data', 'state.db');
  const store = await openSqliteStore(file, options);
  t.after(() => store.close());
  return { store, file };
}

/** Does to a file what somebody with an editor for databases could. */
function tamper(file: string, sql: string): void {
  const database = new Libsql(file);
  database.exec(sql);
  database.close();
}

const mode = (path: string): number => statSync(path).mode & 0o777;

test('the file and all beside it belong to one user alone, and so does the folder that was made for it', async (t) => {
  const { store, file } = await newState(t);
  await store.record(entry());
  assert.equal(mode(dirname(file)), 0o700);
  for (const name of readdirSync(dirname(file))) assert.equal(mode(join(dirname(file), name)), 0o600, name);
  chmodSync(file, 0o644);
  await (await openStore(file)).close();
  assert.equal(mode(file), 0o600);
});

test('a window that is over gives way to a new one, and a clock that is put back gives nobody a second helping', async (t) => {
  let now = Date.UTC(2026, 10, 21, 23, 59, 59, 999);
  const { store } = await newState(t, { now: () => now });
  const first = await store.reserve(LOCAL, [limit(1)]);
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, false);
  now += 1;
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, true);
  assert.ok(first.ok);
  await store.giveBack(first.receipt);
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, false);
  now -= 1;
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, false);
});

test('counters of windows that are over are swept away', async (t) => {
  let now = Date.UTC(2026, 10, 21);
  const { store, file } = await newState(t, { now: () => now });
  for (let at = 0; at < 50; at += 1) await store.reserve(LOCAL, [limit(1, { counter: `c${at}` })]);
  now += 3 * 86_400_000;
  await store.reserve(LOCAL, [limit(1)]);
  const database = new Libsql(file);
  assert.deepEqual((database.prepare('SELECT count(*) AS n FROM counters').all() as { n: number }[])[0]?.n, 1);
  database.close();
});

test('a store that is locked for too long refuses, stops nobody else meanwhile, and goes on afterwards', async (t) => {
  const { store, file } = await newState(t, { patienceMs: 300 });
  const other = new Libsql(file);
  other.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 5);
  await assert.rejects(store.reserve(LOCAL, [limit(1)]), { code: 'STATE_LOCKED' });
  clearInterval(ticking);
  assert.ok(ticks > 5, `${ticks} ticks`);
  assert.equal((await store.audit.head()).seq, 0);
  other.exec('ROLLBACK');
  other.close();
  assert.equal((await store.reserve(LOCAL, [limit(1)])).ok, true);
});

test('a store that is locked for a moment is waited for', async (t) => {
  const { store, file } = await newState(t);
  const other = new Libsql(file);
  other.exec('BEGIN IMMEDIATE');
  const reserved = store.reserve(LOCAL, [limit(1)]);
  await sleep(60);
  other.exec('ROLLBACK');
  other.close();
  assert.equal((await reserved).ok, true);
});

test('a file of a newer version is refused, and left as it was', async (t) => {
  const { store, file } = await newState(t);
  await store.close();
  tamper(file, 'PRAGMA user_version = 99');
  const before = readFileSync(file);
  await assert.rejects(openStore(file), (error: unknown) => {
    assert.ok(error instanceof UserError && error.code === 'STATE_TOO_NEW');
    assert.match(error.because, /99/);
    return true;
  });
  assert.deepEqual(readFileSync(file), before);
});

test('a file of an older version is brought up to date, and its chain goes on', async (t) => {
  const file = join(temporaryFolder(t), 'state.db');
  const text = auditRowText(1, entry());
  const digest = rowDigest(CHAIN_START.digest, text);
  tamper(
    file,
    `${MIGRATIONS[0]} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1;
     INSERT INTO audit VALUES (1, '${text}', '${digest}'); UPDATE audit_head SET seq = 1, digest = '${digest}'`,
  );
  const store = await openStore(file);
  await store.record(entry({ call: 'c2' }), entry({ call: 'c3' }));
  assert.deepEqual(await store.audit.verify({ seq: 1, digest }), { intact: true, head: await store.audit.head() });
  assert.equal((await store.audit.head()).seq, 3);
  await store.close();
});

test('what is no database, or that of another program, is refused and left as it was', async (t) => {
  const folder = temporaryFolder(t);
  const text = join(folder, 'notes.txt');
  writeFileSync(text, 'These are notes.\n'.repeat(300));
  const foreign = join(folder, 'foreign.db');
  tamper(foreign, 'CREATE TABLE theirs (a)');
  for (const file of [text, foreign]) {
    const before = readFileSync(file);
    const modeBefore = mode(file);
    await assert.rejects(openStore(file), { code: 'STATE_NOT_OURS' });
    assert.deepEqual(readFileSync(file), before);
    assert.equal(mode(file), modeBefore);
  }
});

test('a folder that cannot be written, or a folder in place of the file, is told', async (t) => {
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(openStore(join(folder, 'file', 'state.db')), { code: 'STATE_NOT_OPENED' });
  mkdirSync(join(folder, 'state.db'));
  await assert.rejects(openStore(join(folder, 'state.db')), { code: 'STATE_NOT_OPENED' });
});

test('a pipe or a device in place of the file is refused, and not waited for', {
  skip: process.platform === 'win32',
}, async (t) => {
  const pipe = join(temporaryFolder(t), 'state.db');
  execFileSync('mkfifo', [pipe]);
  for (const place of [pipe, '/dev/null']) await assert.rejects(openStore(place), { code: 'STATE_NOT_A_FILE' });
});

test('a file that is removed or replaced while it is in use refuses calls instead of losing them', async (t) => {
  const { store, file } = await newState(t);
  await store.record(entry());
  renameSync(file, `${file}.away`);
  await sleep(1100);
  await assert.rejects(store.record(entry()), { code: 'STATE_REPLACED' });
  renameSync(`${file}.away`, file);
  await store.record(entry());
  assert.equal((await store.audit.head()).seq, 2);
});

test('on a full disk a call is refused, and what was written before is kept', async (t) => {
  const file = join(temporaryFolder(t), 'state.db');
  await (await openStore(file)).close();
  const script = new URL('../support/state-filler.js', import.meta.url).pathname;
  // The limit on the size of a file stands in for the end of the disk: the system refuses the write.
  const { stdout } = await runShell(`ulimit -f 400; exec "${process.execPath}" "${script}" "${file}"`);
  const { written, refused } = JSON.parse(stdout);
  assert.ok(['STATE_NOT_WRITABLE', 'STATE_FULL'].includes(refused), refused);
  const store = await openStore(file);
  assert.equal((await store.audit.verify()).intact, true);
  assert.equal((await store.audit.head()).seq, written);
  await store.record(entry());
  await store.close();
});

test('the arguments of a call are nowhere in the files after the decision', async (t) => {
  const { store, file } = await newState(t);
  const secret = 'correct-horse-battery-staple';
  const { tool, rule } = entry();
  const asked = { ...LOCAL, tool, rule, message: '', args: { secret }, timeoutMs: 60_000 };
  const holds = (): boolean =>
    readdirSync(dirname(file)).some((name) => readFileSync(join(dirname(file), name)).includes(secret));
  const id = await store.approvals.ask(asked);
  assert.equal(holds(), true);
  await store.approvals.decide(id, 'once');
  assert.equal(holds(), false);
});

test('no token is in the files', async (t) => {
  const { store, file } = await newState(t);
  const added = await store.grants.add({ label: 'alice', servers: ['files'], policy: null });
  for (const name of readdirSync(dirname(file)))
    assert.equal(readFileSync(join(dirname(file), name)).includes(added?.token ?? ''), false);
});

const FIVE = [1, 2, 3, 4, 5];
const DAMAGES: readonly (readonly [what: string, sql: string, firstBroken: number])[] = [
  ['a changed row', `UPDATE audit SET row = replace(row, 'allowed', 'denied') WHERE seq = 3`, 3],
  ['a changed digest', `UPDATE audit SET digest = '${'0'.repeat(64)}' WHERE seq = 3`, 3],
  ['a removed row', 'DELETE FROM audit WHERE seq = 2', 2],
  ['a removed first row', 'DELETE FROM audit WHERE seq = 1', 1],
  [
    'two rows that changed places',
    'UPDATE audit SET seq = -seq WHERE seq IN (2, 3); UPDATE audit SET seq = 5 + seq WHERE seq < 0',
    2,
  ],
  ['a row put in before the first', `INSERT INTO audit VALUES (0, '[]', '')`, 1],
  ['a tail that was cut off', 'DELETE FROM audit WHERE seq > 3', 4],
  ['all rows removed', 'DELETE FROM audit', 1],
  ['a row put in at the end', `INSERT INTO audit VALUES (6, '[6]', '')`, 6],
];

for (const [what, sql, firstBroken] of DAMAGES)
  test(`verify names the first broken row: ${what}`, async (t) => {
    const { store, file } = await newState(t);
    for (const at of FIVE) await store.record(entry({ call: `c${at}` }));
    tamper(file, sql);
    const state = await store.audit.verify();
    assert.ok(!state.intact);
    assert.equal(state.seq, firstBroken, state.because);
  });

for (const [what, sql] of [
  ['was removed', 'DELETE FROM audit_head'],
  ['is no number', "UPDATE audit_head SET seq = 'many'"],
] as const)
  test(`where the end of the log ${what}, verify tells, and nothing more is let through`, async (t) => {
    const { store, file } = await newState(t);
    for (const at of FIVE) await store.record(entry({ call: `c${at}` }));
    await store.close();
    tamper(file, sql);
    const opened = await openStore(file);
    t.after(() => opened.close());
    const state = await opened.audit.verify();
    assert.ok(!state.intact && state.head.seq === 5);
    await assert.rejects(opened.record(entry()), { code: 'RECORD_DAMAGED' });
  });

const NOT_OURS_ANY_MORE: readonly (readonly [what: string, sql: string, code: string, because: RegExp])[] = [
  ...['counters', 'grants', 'approvals'].map(
    (table) =>
      [
        `its table ${table}`,
        `DROP TABLE ${table}`,
        'STATE_DAMAGED',
        new RegExp(`table "${table}" is missing`),
      ] as const,
  ),
  ['the index of labels', 'DROP INDEX living_labels', 'STATE_DAMAGED', /index "living_labels" is missing/],
  ['tables of its version', 'PRAGMA user_version = 1', 'STATE_DAMAGED', /not those of its version/],
  ['its record', 'DROP TABLE audit', 'RECORD_DAMAGED', /table "audit" is missing/],
  ['the end of its record', 'DROP TABLE audit_head', 'RECORD_DAMAGED', /table "audit_head" is missing/],
  ['a column', 'ALTER TABLE audit RENAME COLUMN row TO line', 'RECORD_DAMAGED', /column "row" of the table "audit"/],
  ['what keeps its rows', 'DROP TRIGGER file_row', 'RECORD_DAMAGED', /trigger "file_row" is missing/],
];

for (const [what, sql, code, because] of NOT_OURS_ANY_MORE)
  test(`a state that lacks ${what} is refused, and the error says what is missing`, async (t) => {
    const { store, file } = await newState(t);
    await store.close();
    tamper(file, sql);
    await assert.rejects(openStore(file), (error: unknown) => {
      assert.ok(error instanceof UserError, String(error));
      assert.equal(error.code, code);
      assert.match(error.because, because);
      return true;
    });
  });

test('a table that is removed while the state is in use is told as such', async (t) => {
  const { store, file } = await newState(t);
  tamper(file, 'DROP TABLE approvals');
  await assert.rejects(store.approvals.list(), { code: 'STATE_DAMAGED' });
});

test('what others put in beside our tables is left to them', async (t) => {
  const { store, file } = await newState(t);
  await store.close();
  tamper(file, 'CREATE TABLE theirs (a); CREATE INDEX also_theirs ON audit (digest)');
  await (await openStore(file)).close();
});

test('a row put in at the end shows, also where its digest was computed as ours are', async (t) => {
  const { store, file } = await newState(t);
  for (const at of FIVE) await store.record(entry({ call: `c${at}` }));
  const text = auditRowText(6, entry({ call: 'c6' }));
  const digest = rowDigest((await store.audit.head()).digest, text);
  tamper(file, `INSERT INTO audit VALUES (6, '${text}', '${digest}')`);
  const state = await store.audit.verify();
  assert.ok(!state.intact && state.seq === 6);
});

test('a tail that was cut off together with the head shows by a head that was noted down', async (t) => {
  const { store, file } = await newState(t);
  for (const at of FIVE) await store.record(entry({ call: `c${at}` }));
  const noted = await store.audit.head();
  tamper(
    file,
    'DELETE FROM audit WHERE seq > 3; UPDATE audit_head SET seq = 3, digest = (SELECT digest FROM audit WHERE seq = 3)',
  );
  assert.equal((await store.audit.verify()).intact, true);
  const state = await store.audit.verify(noted);
  assert.ok(!state.intact && state.seq === 4);
});

test('a database that was damaged on the disk is told as such', async (t) => {
  const { store, file } = await newState(t);
  for (let at = 0; at < 200; at += 1) await store.record(entry());
  await store.close();
  const bytes = readFileSync(file);
  bytes.fill(0x55, 4096, 3 * 4096);
  rmSync(file);
  writeFileSync(file, bytes, { mode: 0o600 });
  await assert.rejects(
    async () => {
      const damaged = await openStore(file);
      try {
        await damaged.record(entry());
        await damaged.audit.verify();
        await damaged.reserve(LOCAL, [limit(1)]);
      } finally {
        await damaged.close();
      }
    },
    { code: 'STATE_NOT_OURS' },
  );
});
