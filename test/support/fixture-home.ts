/** Homes of people who use MCP clients, as folders that a test may read. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Machine } from '../../src/core/clients/machine.ts';
import { ROOT, temporaryFolder } from './run-cli.ts';

export const CLIENT_FIXTURES = join(ROOT, 'test', 'fixtures', 'clients');

/** A machine whose whole file system is a folder of the test. */
export interface FixtureMachine extends Machine {
  readonly root: string;
}

/** A machine without any client: a home, and a project in it. */
export function emptyMachine(test: TestContext, given: Partial<Machine> = {}): FixtureMachine {
  const root = temporaryFolder(test);
  const home = join(root, 'home', 'me');
  const workingDirectory = join(home, 'project');
  mkdirSync(workingDirectory, { recursive: true });
  return { home, platform: 'linux', env: {}, workingDirectory, root, ...given };
}

/** The same with what the fixture of each client has in its home and its project. */
export function machineWith(
  test: TestContext,
  clients: readonly string[],
  given: Partial<Machine> = {},
): FixtureMachine {
  const machine = emptyMachine(test, given);
  for (const client of clients) {
    const from = join(CLIENT_FIXTURES, client);
    if (existsSync(join(from, 'home'))) cpSync(join(from, 'home'), machine.home, { recursive: true });
    if (existsSync(join(from, 'project'))) cpSync(join(from, 'project'), machine.workingDirectory, { recursive: true });
  }
  return machine;
}

/** Writes files below a folder: path to text, or to what is written as JSON. */
export function writeFiles(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

/** Every file below a folder with its content and times, to compare before and after. */
export function snapshot(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const { size, mtimeMs, mode } = statSync(join(folder, path));
      const isFile = statSync(join(folder, path)).isFile();
      return `${path} ${mode} ${size} ${mtimeMs} ${isFile ? readFileSync(join(folder, path), 'base64') : ''}`;
    });
}
