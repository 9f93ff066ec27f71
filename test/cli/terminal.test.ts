import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import chalk from 'chalk';
import { main } from '../../src/cli/main.ts';
import { progressText } from '../../src/cli/terminal/progress.ts';
import type { Host } from '../../src/cli/terminal.ts';
import { temporaryFolder } from '../support/run-cli.ts';

interface Seen {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Place {
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
  readonly columns?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a command line in a process that is an object: its streams are terminals where the test says so. */
async function runAt({ terminals = [], columns = 80, env = {} }: Place, ...args: string[]): Promise<Seen> {
  const texts = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          texts[name] += chunk;
          done();
        },
      }),
      { isTTY: terminals.includes(name), columns, cursorTo() {}, clearLine() {}, moveCursor() {} },
    );
  const stdin = Object.assign(Readable.from([]), { isTTY: terminals.includes('stdin') });
  const host = { stdin, stdout: stream('stdout'), stderr: stream('stderr'), env, cwd: () => '/', on() {} };
  return { exitCode: await main(args, host as unknown as Host), ...texts };
}

const TOOLS = JSON.stringify({ tools: [{ name: `delete_${'everything_'.repeat(10)}` }, { name: 'list_orders' }] });
const ESCAPE = /\p{Cc}\[/u;

test('colours and cutting are for a terminal alone', async (t) => {
  const file = join(temporaryFolder(t), 'tools.json');
  writeFileSync(file, TOOLS);
  const at = (place: Place, ...options: string[]) => runAt(place, 'classify', file, ...options);
  const terminals = ['stdout'] as const;
  const piped = await at({});
  assert.doesNotMatch(piped.stdout, ESCAPE);
  assert.ok(piped.stdout.includes(`delete_${'everything_'.repeat(10)}`));
  const shown = await at({ terminals, columns: 60 });
  assert.match(shown.stdout, ESCAPE);
  const [, , ...table] = stripVTControlCharacters(shown.stdout).split('\n').slice(0, 5);
  assert.ok(table.every((line) => line.length <= 60));
  assert.match(table.join('\n'), /…/);
  assert.doesNotMatch((await at({ terminals, env: { NO_COLOR: '1' } })).stdout, ESCAPE);
  assert.doesNotMatch((await at({ terminals, env: { TERM: 'dumb' } })).stdout, ESCAPE);
  assert.doesNotMatch((await at({ terminals }, '--no-color')).stdout, ESCAPE);
  assert.match((await at({ env: { FORCE_COLOR: '1' } })).stdout, ESCAPE);
  assert.doesNotMatch((await at({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout, ESCAPE);
  assert.doesNotMatch((await at({ terminals }, '--json')).stdout, ESCAPE);
});

test('a spinner turns only where somebody watches', async (t) => {
  const file = join(temporaryFolder(t), 'tools.json');
  writeFileSync(file, TOOLS);
  const watched = await runAt({ terminals: ['stdin', 'stderr'] }, 'classify', file, '--json');
  assert.match(watched.stderr, ESCAPE);
  JSON.parse(watched.stdout);
  // The spinner's own library knows nothing of NO_COLOR.
  chalk.level = 1;
  const COLOR = /\p{Cc}\[3\dm/u;
  assert.match((await runAt({ terminals: ['stdin', 'stderr'] }, 'classify', file)).stderr, COLOR);
  const colorless = { terminals: ['stdin', 'stderr'], env: { NO_COLOR: '1' } } as const;
  assert.doesNotMatch((await runAt(colorless, 'classify', file)).stderr, COLOR);
  for (const place of [{}, { terminals: ['stderr'] }, { terminals: ['stdin'] }] as const)
    assert.equal((await runAt(place, 'classify', file)).stderr, '');
  assert.equal((await runAt({ terminals: ['stdin', 'stderr'], env: { CI: 'true' } }, 'classify', file)).stderr, '');
});

test('a terminal that does not know its width gets whole lines and no spinner', { timeout: 20_000 }, async (t) => {
  const file = join(temporaryFolder(t), 'tools.json');
  writeFileSync(file, TOOLS);
  const seen = await runAt({ terminals: ['stdin', 'stdout', 'stderr'], columns: 0 }, 'classify', file);
  assert.equal(seen.stderr, '');
  assert.match(seen.stdout, /Recommended/);
});

test('classify at a terminal without a file says what to give instead of waiting', async () => {
  const { stderr, exitCode } = await runAt({ terminals: ['stdin', 'stdout', 'stderr'] }, 'classify');
  assert.match(stderr, /^error: No tools were given.*\n.*\nhint: {2}Name a file, or pipe/);
  assert.equal(exitCode, 2);
});

test('the spinner counts, names three servers at most, and keeps to one line', () => {
  const busy = new Map(['a', 'b', 'c', 'd'].map((name) => [name, 'connecting']));
  assert.equal(
    progressText(busy, { done: 1, servers: 5, columns: 120 }),
    '1 of 5 done; a: connecting, b: connecting, c: connecting and 1 more',
  );
  assert.equal(
    progressText(new Map([['a\u001B[2J', 'listing\ntools']]), { done: 0, servers: 1, columns: 80 }),
    'a: listing⏎tools',
  );
  assert.ok(progressText(busy, { done: 1, servers: 5, columns: 40 }).length <= 36);
});

test('a mistake outside of any call ends everything, is reported once, and is no "no"', async () => {
  let crash = (_error: Error): void => {};
  let said = '';
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  const host = {
    stdin: new Readable({ read: () => setImmediate(() => crash(new TypeError('a stray mistake'))) }),
    stdout: new Writable(),
    stderr,
    env: {},
    cwd: () => '/',
    on: (event: string, listener: typeof crash) => {
      if (event === 'uncaughtException') crash = listener;
    },
  };
  assert.equal(await main(['classify', '--json'], host as unknown as Host), 2);
  assert.match(said, /^TypeError: a stray mistake\n/);
  assert.equal(said.match(/This is a bug/g)?.length, 1);
});
