/** Where each client is looked for, on every system. */
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { Machine } from '../../src/core/clients/machine.ts';
import { findConfigFiles } from '../../src/io/clients/find-config-files.ts';
import { readClients } from '../../src/io/read-catalog.ts';
import { emptyMachine, writeFiles } from '../support/fixture-home.ts';
import { matchesGolden } from '../support/golden.ts';

const HOME = resolve('/nobody/me');
/** Set on Windows only, and of no meaning elsewhere. */
const FOLDERS = { ProgramData: '/ProgramData', ProgramFiles: '/Program Files' };

async function paths(machine: Partial<Machine>): Promise<string[]> {
  const files = await findConfigFiles(readClients(), {
    ...{ home: HOME, platform: 'linux', env: {}, workingDirectory: join(HOME, 'project') },
    ...machine,
  });
  // Windows puts the letter of the drive in front.
  return files.map(({ client, path }) => `${client.id} ${path.replaceAll('\\', '/').replace(/^[A-Z]:/, '')}`);
}

for (const [name, platform] of [
  ['linux', 'linux'],
  ['mac', 'darwin'],
  ['windows', 'win32'],
] as const)
  test(`the paths of every client on ${name}`, async () =>
    matchesGolden(`clients.paths.${name}.txt`, `${(await paths({ platform, env: FOLDERS })).join('\n')}\n`));

test('a variable moves a folder, where it is an absolute path', async () => {
  const moved = await paths({
    env: {
      CODEX_HOME: '/data/codex',
      CLAUDE_CONFIG_DIR: '/data/claude',
      XDG_CONFIG_HOME: 'relative',
      OPENCODE_CONFIG: '/data/oc.json',
    },
  });
  assert.ok(moved.includes('codex /data/codex/config.toml'));
  assert.ok(moved.includes('claude-code /data/claude/.claude.json'));
  assert.ok(moved.includes('opencode /data/oc.json'));
  assert.ok(moved.some((path) => path.endsWith('/me/.config/goose/config.yaml')));
  assert.ok(!moved.some((path) => path.includes('relative')));
});

test('Windows applications are found where APPDATA says', async () => {
  const moved = await paths({ platform: 'win32', env: { APPDATA: '/roaming', LOCALAPPDATA: '/local' } });
  assert.ok(moved.includes('claude-desktop /roaming/Claude/claude_desktop_config.json'));
  assert.ok(moved.includes('crush /local/crush/crush.json'));
});

test('under WSL the homes of Windows are looked at too, without our variables and without their projects', async (t) => {
  const machine = emptyMachine(t, { env: { WSL_DISTRO_NAME: 'Debian', CODEX_HOME: '/data/codex' } });
  writeFiles(join(machine.root, 'mnt/c/Users'), { 'me/.keep': '', 'Public/.keep': '', 'desktop.ini': '' });
  const files = await findConfigFiles(readClients(), machine);
  const onWindows = files.filter(({ path }) => path.includes('/mnt/c/'));
  assert.ok(onWindows.some(({ path }) => path.endsWith('/Users/me/AppData/Roaming/Code/User/mcp.json')));
  assert.ok(onWindows.some(({ path }) => path.endsWith('/Users/me/.codex/config.toml')));
  assert.ok(onWindows.every(({ path, declared }) => path.includes('/Users/me/') && declared.scope === 'user'));
});

test('a project file counts in the folders above where its client says so', async () => {
  const seen = await paths({ workingDirectory: join(HOME, 'a', 'b') });
  const above = (path: string): string[] =>
    seen.filter((line) => line.endsWith(path) && !line.includes('plugins/cache'));
  assert.ok(above('claude-code /.mcp.json').length <= 1);
  assert.deepEqual(
    seen.filter((line) => /^claude-code .*\/\.mcp\.json$/.test(line) && !line.includes('plugins')).length,
    HOME.split(/[\\/]/).length + 2,
  );
  assert.equal(seen.filter((line) => /^cursor .*\/\.cursor\/mcp\.json$/.test(line)).length, 2);
});

test('no client is asked for one path twice, even where home and project are the same', async () => {
  const seen = await paths({ workingDirectory: HOME });
  assert.equal(new Set(seen).size, seen.length);
});
