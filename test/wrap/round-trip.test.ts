/** Whatever a configuration looks like: what wrapping changes in it, and what comes back. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Client, clientSchema } from '../../src/core/clients/client.ts';
import { parseConfig } from '../../src/io/clients/parse-config.ts';
import { withoutByteOrderMark } from '../../src/io/files/read-lines.ts';
import type { FixtureMachine } from '../support/fixture-home.ts';
import { type AnyConfig, anyConfig } from './any-config.ts';
import { contents, governedMachine } from './wrapped-machine.ts';

const of = { source: 'https://example.com/', checked: '2026-01-01' };
const client = (file: string): Client =>
  clientSchema.parse({
    id: 'any',
    title: 'Any',
    files: [{ scope: 'user', path: `~/config.${file}`, servers: [['mcpServers']], ...of }],
  });

async function withMachine(config: AnyConfig, use: (machine: FixtureMachine, path: string) => Promise<void>) {
  const root = mkdtempSync(join(tmpdir(), 'policylayer-test-'));
  const home = join(root, 'home');
  mkdirSync(home);
  const path = join(home, `config.${config.file}`);
  writeFileSync(path, config.text);
  try {
    await use({ root, home, platform: 'linux', env: {}, workingDirectory: home }, path);
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('unwrap after wrap gives the file back to the byte, with nothing beside it', () =>
  fc.assert(
    fc.asyncProperty(anyConfig, (config) =>
      withMachine(config, async (machine) => {
        const { wrap, unwrap } = await governedMachine(machine, client(config.file));
        const before = contents(machine.home);
        await wrap();
        assert.notDeepEqual(contents(machine.home), before);
        await unwrap();
        assert.deepEqual(contents(machine.home), before);
      }),
    ),
    { numRuns: 150 },
  ));

test('after an edit by somebody else unwrap brings back what every entry said, one after the other, and keeps the edit', () =>
  fc.assert(
    fc.asyncProperty(anyConfig, (config) =>
      withMachine(config, async (machine, path) => {
        const said = await canonical(config.file, config.text);
        const { servers, wrap, unwrap } = await governedMachine(machine, client(config.file));
        await wrap();
        const edit = config.file === 'json' ? '\n// mine\n' : '\n# mine\n';
        writeFileSync(path, readFileSync(path, 'utf8') + edit);
        for (const { holders } of servers) for (const { name } of holders) await unwrap(name);
        const after = readFileSync(path, 'utf8');
        assert.ok(after.endsWith(edit));
        assert.equal(await canonical(config.file, after), said);
        assert.equal(Object.keys(contents(machine.home)).length, 1);
      }),
    ),
    { numRuns: 150 },
  ));

test('lines and comments that are not of a changed key stay as they are written', () =>
  fc.assert(
    fc.asyncProperty(anyConfig, (config) =>
      withMachine(config, async (machine, path) => {
        const { wrap } = await governedMachine(machine, client(config.file));
        await wrap();
        const after = readFileSync(path, 'utf8');
        assert.equal(after.startsWith('\uFEFF'), config.text.startsWith('\uFEFF'));
        if (config.text.includes('\r\n')) assert.ok(!/[^\r]\n/.test(after), 'each line ends as the others do');
        const comments = (text: string): number => text.match(/said|above/g)?.length ?? 0;
        // A comment goes only with the line of a key that goes.
        assert.ok(comments(after) >= comments(config.text) - 4 * 4);
        const head = config.text.slice(0, config.text.indexOf('mcpServers'));
        assert.ok(after.startsWith(head), 'what stands above the servers is not touched');
      }),
    ),
    { numRuns: 100 },
  ));

async function canonical(file: string, text: string): Promise<string> {
  const { content } = await parseConfig(`x.${file}`, withoutByteOrderMark(text));
  const sorted = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => [key, sorted(held)]);
  };
  return JSON.stringify(sorted(content));
}
