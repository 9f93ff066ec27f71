/** The commands that look at the state, as a person runs them beside a gateway. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Libsql from 'libsql';
import type { AuditEntry } from '../../src/core/audit/audit-entry.ts';
import { openStore } from '../../src/io/state/open-store.ts';
import type { Store } from '../../src/io/state/store.ts';
import { entry } from '../support/audit-entries.ts';
import { KEYS, runAtTerminal } from '../support/pty.ts';
import { hasRedis, redisServer } from '../support/redis-server.ts';
import { BIN, plainEnvironment, type Ran, run, runShell, temporaryFolder } from '../support/run-cli.ts';

interface Machine {
  readonly home: string;
  readonly state: string;
  readonly env: Record<string, string>;
  policylayer(...args: readonly string[]): Promise<Ran>;
  /** The state, as a gateway has it open. */
  gateway(): Promise<Store>;
}

/** A machine of its own, on which nothing was done yet. */
function machine(t: TestContext): Machine {
  const home = join(temporaryFolder(t), 'home');
  const env = { POLICYLAYER_HOME: home };
  const state = join(home, 'state.db');
  return {
    home,
    state,
    env,
    policylayer: (...args) => run(args, { env }),
    gateway: async () => {
      const store = await openStore(state);
      t.after(() => store.close());
      return store;
    },
  };
}

async function recording(t: TestContext, ...entries: readonly Partial<AuditEntry>[]): Promise<Machine> {
  const own = machine(t);
  const store = await own.gateway();
  for (const parts of entries) await store.record(entry(parts));
  return own;
}

const linesOf = ({ stdout }: Ran): string[] => stdout.split('\n').filter((line) => line !== '');

test('a token is printed once, alone on stdout, and works until it is rotated', async (t) => {
  const { policylayer, gateway, home } = machine(t);
  const added = await policylayer('grant', 'add', 'alice-laptop', '--server', 'files', '--server', 'mail');
  assert.equal(added.exitCode, 0, added.stderr);
  const token = added.stdout.trim();
  assert.match(token, /^plt_[\w-]{43}$/);
  const { grants } = await gateway();
  assert.deepEqual((await grants.find(token))?.servers, ['files', 'mail']);
  const rotated = await policylayer('grant', 'rotate', 'alice-laptop');
  assert.equal(await grants.find(token), null);
  assert.equal((await grants.find(rotated.stdout.trim()))?.label, 'alice-laptop');
  const listed = await policylayer('grant', 'list', '--json');
  for (const shown of [listed.stdout, ...readdirSync(home).map((name) => readFileSync(join(home, name), 'latin1'))])
    assert.equal(shown.includes(token) || shown.includes(rotated.stdout.trim()), false);
});

test('a grant for a server that the project does not have is told of, and made', async (t) => {
  const { env } = machine(t);
  const cwd = temporaryFolder(t);
  writeFileSync(join(cwd, 'policylayer.yaml'), 'servers: { files: { command: files, policy: files.yaml } }');
  const added = await run(['grant', 'add', 'alice', '--server', 'files', '--server', 'flies'], { env, cwd });
  assert.equal(added.stderr.match(/warning: /g)?.length, 1);
  assert.match(added.stderr, /^warning: policylayer\.yaml has no server "flies"/);
  assert.match(added.stdout, /^plt_/);
});

test('a revoked grant is gone from the list, and shown by --all', async (t) => {
  const { policylayer } = machine(t);
  await policylayer('grant', 'add', 'alice', '--server', 'files');
  assert.equal((await policylayer('grant', 'revoke', 'alice')).exitCode, 0);
  assert.equal((await policylayer('grant', 'list')).stdout, '');
  assert.match((await policylayer('grant', 'list', '--all')).stdout, /^alice {2}files .* revoked /m);
  const again = await policylayer('grant', 'revoke', 'alice');
  assert.equal(again.exitCode, 2);
  assert.match(again.stderr, /There is no grant "alice"/);
});

test('a label names one grant', async (t) => {
  const { policylayer } = machine(t);
  await policylayer('grant', 'add', 'alice', '--server', 'files');
  const second = await policylayer('grant', 'add', 'alice', '--server', 'files');
  assert.deepEqual([second.exitCode, second.stdout], [2, '']);
  assert.match(second.stderr, /Nothing was changed/);
});

test('a grant lives under its policy, which has to be valid, wherever it is looked up from', async (t) => {
  const { policylayer, gateway, home } = machine(t);
  const folder = temporaryFolder(t);
  writeFileSync(join(folder, 'good.yaml'), 'version: "1"\ndefault: deny\ntools:\n  read_file: {}\n');
  writeFileSync(join(folder, 'bad.yaml'), 'version: "1"\ndefault: deny\ntool: {}\n');
  const bad = await policylayer('grant', 'add', 'a', '--server', 'files', '--policy', join(folder, 'bad.yaml'));
  assert.deepEqual([bad.exitCode, bad.stdout, existsSync(home)], [2, '', false]);
  const env = { POLICYLAYER_HOME: home };
  const good = await run(['grant', 'add', 'a', '--server', 'files', '--policy', 'good.yaml', '--json'], {
    env,
    cwd: folder,
  });
  const { token } = JSON.parse(good.stdout);
  const { grants } = await gateway();
  assert.match((await grants.find(token))?.policy ?? '', /^\/.*good\.yaml$/);
});

for (const label of ['', 'local', 'a b', '-x', '\u001b[31m', 'x'.repeat(65)])
  test(`no grant is called ${JSON.stringify(label).slice(0, 20)}`, async (t) => {
    const { policylayer, home } = machine(t);
    const { exitCode, stdout } = await policylayer('grant', 'add', '--server', 'files', '--', label);
    assert.deepEqual([exitCode, stdout, existsSync(home)], [2, '', false]);
  });

const NEVER = new AbortController().signal;
const ASKED = {
  grant: 'alice',
  server: 'files',
  tool: 'delete_file',
  rule: '/tools/delete_file/require_approval/0',
  message: 'Deleting needs a person.',
  args: { path: '/tmp/x', note: '\u001b[31mred\u202e', long: 'y'.repeat(2000) },
  timeoutMs: 60_000,
};

test('a call that waits is shown with all of its arguments, which cannot steer the terminal, and goes on when approved', async (t) => {
  const { policylayer, gateway } = machine(t);
  const { approvals } = await gateway();
  const id = await approvals.ask(ASKED);
  const outcome = approvals.outcome(id, NEVER);
  const listed = await policylayer('approvals');
  assert.match(listed.stdout, new RegExp(`^${id} .* alice {2}files {3}delete_file {2}\\{"path":"/tmp/x"`, 'm'));
  const shown = await policylayer('approvals', 'show', id);
  assert.ok(shown.stdout.includes('y'.repeat(2000)));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looked for
  assert.doesNotMatch(`${listed.stdout}${shown.stdout}`, /[\u001b\u202e]/);
  const json = JSON.parse((await policylayer('approvals', '--json')).stdout);
  assert.deepEqual(json[0].args, ASKED.args);
  const approved = await policylayer('approvals', 'approve', id, '--session');
  assert.deepEqual([approved.exitCode, await outcome], [0, 'session']);
  assert.match((await policylayer('approvals')).stderr, /No call waits/);
});

test('a call that is denied is denied, and nothing is decided twice', async (t) => {
  const { policylayer, gateway } = machine(t);
  const { approvals } = await gateway();
  const id = await approvals.ask(ASKED);
  assert.equal((await policylayer('approvals', 'deny', id)).exitCode, 0);
  const late = await policylayer('approvals', 'approve', id);
  assert.equal(late.exitCode, 2);
  assert.match(late.stderr, /Nothing was decided/);
  assert.equal(await approvals.outcome(id, NEVER), 'denied');
});

test('at a terminal each call is shown as it comes, and asked about', { timeout: 60_000 }, async (t) => {
  const { env, gateway } = machine(t);
  const { approvals } = await gateway();
  const terminal = runAtTerminal(['approvals', '--watch'], { env, columns: 200 });
  await terminal.waitFor(/Waiting for calls/);
  const first = await approvals.ask({ ...ASKED, args: { path: '/tmp/first' } });
  const outcome = approvals.outcome(first, NEVER);
  await terminal.waitFor(/\/tmp\/first[\s\S]*Let delete_file of files through\?/);
  terminal.type(`s${KEYS.enter}`);
  assert.equal(await outcome, 'session');
  const second = await approvals.ask({ ...ASKED, args: { path: '/tmp/second' } });
  await terminal.waitFor(/\/tmp\/second[\s\S]*Let delete_file of files through\?/);
  await approvals.withdraw(second);
  await terminal.waitFor(/does not wait any more/);
  const third = await approvals.ask({ ...ASKED, args: { path: '/tmp/third' } });
  await terminal.waitFor(/\/tmp\/third[\s\S]*Let delete_file of files through\?/);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
  assert.equal((await approvals.list())[0]?.id, third);
});

test('whoever watches may come before the gateway', { timeout: 60_000 }, async (t) => {
  const { env, gateway } = machine(t);
  const terminal = runAtTerminal(['approvals', '--watch'], { env, columns: 200 });
  await terminal.waitFor(/Waiting for calls/);
  const { approvals } = await gateway();
  await approvals.ask({ ...ASKED, args: { path: '/tmp/first' } });
  await terminal.waitFor(/\/tmp\/first[\s\S]*through\?/);
  terminal.type(KEYS.ctrlC);
  assert.equal(await terminal.exit, 130);
});

test('--watch without a terminal asks nobody', async (t) => {
  const { policylayer, gateway } = machine(t);
  await gateway();
  const { exitCode, stderr } = await policylayer('approvals', '--watch');
  assert.equal(exitCode, 2);
  assert.match(stderr, /Nobody can be asked here/);
});

test('the audit log is filtered, the last rows are picked, and JSON is one object a line', async (t) => {
  const { policylayer } = await recording(
    t,
    { at: Date.UTC(2026, 0, 1) },
    { at: Date.UTC(2026, 0, 2), server: 'mail', tool: 'send', outcome: 'denied', grant: 'alice' },
    { at: Date.UTC(2026, 0, 3), outcome: 'approved' },
  );
  const seqs = async (...args: string[]): Promise<number[]> =>
    linesOf(await policylayer('audit', '--json', ...args)).map((line) => JSON.parse(line).seq);
  assert.deepEqual(await seqs(), [1, 2, 3]);
  assert.deepEqual(await seqs('--server', 'mail'), [2]);
  assert.deepEqual(await seqs('--tool', 'read_file'), [1, 3]);
  assert.deepEqual(await seqs('--grant', 'alice'), [2]);
  assert.deepEqual(await seqs('--outcome', 'denied', 'approved'), [2, 3]);
  assert.deepEqual(await seqs('--since', '2026-01-02'), [2, 3]);
  assert.deepEqual(await seqs('--since', '5m'), []);
  assert.deepEqual(await seqs('-n', '2'), [2, 3]);
  const text = linesOf(await policylayer('audit', '--outcome', 'denied'));
  assert.deepEqual(text, [
    '2026-01-02 00:00:00Z  denied      alice         mail send  /tools/read_file  0.25 ms  (path)',
  ]);
  assert.equal((await policylayer('audit', '--since', 'yesterday')).exitCode, 2);
});

test('audit -f goes on with what is written, until Ctrl-C', { timeout: 30_000 }, async (t) => {
  const { env, gateway } = await recording(t, {});
  const child = spawn(process.execPath, [BIN, 'audit', '-f', '--json'], { env: { ...plainEnvironment(), ...env } });
  let seen = '';
  const untilSeen = async (text: string): Promise<void> => {
    while (!seen.includes(text)) seen += String(await once(child.stdout, 'data'));
  };
  await untilSeen('"seq":1');
  const store = await gateway();
  await store.record(entry({ tool: 'written_later' }));
  await untilSeen('written_later');
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'exit');
  assert.ok(code === 130 || signal === 'SIGINT', `${code} ${signal}`);
});

test('audit into head ends quietly', async (t) => {
  const { env } = await recording(t, ...Array.from({ length: 3000 }, (_, at) => ({ call: `c${at}` })));
  const { stdout, stderr } = await runShell('policylayer audit --json | head -1', { env });
  assert.deepEqual([linesOf({ stdout } as Ran).length, stderr], [1, '']);
});

test('audit verify exits with 0 for a whole log, 1 for a broken one, 2 where there is none', async (t) => {
  const { policylayer, state } = await recording(t, {}, {}, {});
  const whole = await policylayer('audit', 'verify');
  assert.equal(whole.exitCode, 0);
  assert.match(whole.stdout, /^The audit log is whole: 3 rows\.\nhead {2}3:[0-9a-f]{64}\n$/);
  const head = whole.stdout.split('head  ')[1]?.trim() ?? '';
  const database = new Libsql(state);
  database.exec("UPDATE audit SET row = replace(row, 'allowed', 'denied') WHERE seq = 2");
  const broken = await policylayer('audit', 'verify', '--json');
  assert.deepEqual([broken.exitCode, JSON.parse(broken.stdout).broken.row], [1, 2]);
  database.exec('DELETE FROM audit; UPDATE audit_head SET seq = 0');
  database.close();
  assert.equal((await policylayer('audit', 'verify', '--head', head)).exitCode, 1);
  assert.equal((await policylayer('audit', 'verify', '--head', 'x')).exitCode, 2);
  assert.equal((await policylayer('audit', 'verify', '--state', `${state}.none`)).exitCode, 2);
  assert.equal(existsSync(`${state}.none`), false);
});

test('audit verify calls a record that was removed whole changed, and says what to do', async (t) => {
  const { policylayer, state } = await recording(t, {});
  const database = new Libsql(state);
  database.exec('DROP TABLE audit');
  database.close();
  const { exitCode, stdout, stderr } = await policylayer('audit', 'verify');
  assert.deepEqual([exitCode, stdout], [1, '']);
  assert.match(stderr, /was changed.*\ncause: Its table "audit" is missing\.\nhint: {2}Put back a copy/);
  const asJson = await policylayer('audit', 'verify', '--json');
  assert.deepEqual([asJson.exitCode, JSON.parse(asJson.stdout).intact], [1, false]);
});

test('a suggested policy is written, kept from being replaced, and valid', async (t) => {
  const { policylayer } = await recording(t, {}, { outcome: 'answered' }, { tool: 'drop', outcome: 'denied' });
  const file = join(temporaryFolder(t), 'files.yaml');
  const written = await policylayer('suggest', '-o', file);
  assert.equal(written.exitCode, 0, written.stderr);
  assert.equal((await policylayer('check', file, '--no-server')).exitCode, 0);
  assert.equal((await policylayer('test', file, 'read_file')).exitCode, 0);
  assert.equal((await policylayer('test', file, 'drop')).exitCode, 1);
  writeFileSync(file, '# mine\n');
  assert.equal((await policylayer('suggest', '-o', file)).exitCode, 2);
  assert.equal((await policylayer('suggest', '-o', file, '--force')).exitCode, 0);
  assert.equal(readFileSync(`${file}.bak`, 'utf8'), '# mine\n');
  assert.deepEqual(Object.keys(JSON.parse((await policylayer('suggest', '--json')).stdout).tools), ['read_file']);
});

test('of several servers one has to be named for a suggestion, and without any call there is none', async (t) => {
  const { policylayer } = await recording(t, {}, { server: 'mail' });
  const several = await policylayer('suggest');
  assert.equal(several.exitCode, 2);
  assert.match(several.stderr, /files, mail/);
  assert.equal((await policylayer('suggest', '--server', 'mail')).exitCode, 0);
  assert.equal((await policylayer('suggest', '--server', 'shop')).exitCode, 2);
});

test('the state may be in Redis', { skip: hasRedis ? false : 'there is no redis-server' }, async (t) => {
  const redis = await redisServer();
  t.after(() => redis.remove());
  const env = { POLICYLAYER_STATE: redis.fresh(), POLICYLAYER_HOME: join(temporaryFolder(t), 'home') };
  const added = await run(['grant', 'add', 'alice', '--server', 'files'], { env });
  assert.equal(added.exitCode, 0, added.stderr);
  assert.match((await run(['grant', 'list'], { env })).stdout, /^alice/m);
  assert.equal((await run(['audit', 'verify', '--state', env.POLICYLAYER_STATE], { env: {} })).exitCode, 0);
  assert.equal(existsSync(env.POLICYLAYER_HOME), false);
});
