/** A machine for one test: a home with configurations of clients, and a folder to work in. */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bin } from '../support/installed-server.ts';
import { type AtTerminal, KEYS, runAtTerminal, type TerminalOptions } from '../support/pty.ts';
import { type Ran, run, temporaryFolder } from '../support/run-cli.ts';

/** A server entry as most clients write it. */
type Entry = object;

export const MEMORY = { command: process.execPath, args: [bin('@modelcontextprotocol/server-memory')] };
export const EVERYTHING: Entry = { command: process.execPath, args: [bin('@modelcontextprotocol/server-everything')] };
export const filesOf = (folder: string): Entry => ({
  command: process.execPath,
  args: [bin('@modelcontextprotocol/server-filesystem'), folder],
});

const TOOL_SERVER = fileURLToPath(new URL('../support/tool-server.js', import.meta.url));

export interface Machine {
  readonly home: string;
  /** Where policylayer is run. */
  readonly folder: string;
  /** Every file and folder with its content. */
  readonly everything: () => Record<string, string>;
  readonly write: (path: string, text: string | object) => string;
  readonly read: (path: string) => string;
  readonly run: (...args: string[]) => Promise<Ran>;
  readonly atTerminal: (args?: readonly string[], options?: TerminalOptions) => AtTerminal;
}

export function machine(t: TestContext, servers: Record<string, Entry> = { memory: MEMORY }): Machine {
  const root = temporaryFolder(t);
  const [home, folder] = [join(root, 'home'), join(root, 'home', 'work')];
  mkdirSync(folder, { recursive: true });
  const env = { HOME: home, USERPROFILE: home, XDG_CONFIG_HOME: join(home, '.config'), APPDATA: join(home, 'appdata') };
  const write: Machine['write'] = (path, text) => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text, null, 2));
    return file;
  };
  write('.cursor/mcp.json', { mcpServers: servers });
  return {
    home,
    folder,
    write,
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    everything: () => contentsOf(root),
    run: (...args) => run(['init', ...args], { cwd: folder, env }),
    atTerminal: (args = [], options = {}) =>
      runAtTerminal(['init', ...args], { cwd: folder, ...options, env: { ...env, ...options.env } }),
  };
}

/** A server that offers the tools of a file, which a test may change. */
export function toolsServer({ write }: Pick<Machine, 'write'>, tools: readonly object[], ...switches: string[]): Entry {
  return { command: process.execPath, args: [TOOL_SERVER, write('tools.json', tools), ...switches] };
}

export function contentsOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const entry = lstatSync(join(root, path));
      return [path, `${entry.mode} ${entry.isFile() ? readFileSync(join(root, path), 'utf8') : ''}`];
    }),
  );
}

/** The questions in their order, and the keys below each. */
export const QUESTIONS = {
  servers: /Which of these servers[\s\S]*?esc back/,
  mode: /How shall[\s\S]*?esc back/,
  review: /: \d+ tools?, [\s\S]*?esc back/,
  agree: /Write this\?[\s\S]*?esc back/,
  decided: /decided about before[\s\S]*?esc back/,
} as const;

/** Waits for a question, and answers it. */
export async function answer(
  terminal: AtTerminal,
  question: keyof typeof QUESTIONS,
  keys: string = KEYS.enter,
): Promise<string> {
  const shown = await terminal.waitFor(QUESTIONS[question]);
  for (const key of keysIn(keys)) terminal.type(key);
  return shown;
}

/** Each key by itself, as a keyboard sends them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys with a sequence begin with one
const keysIn = (keys: string): string[] => keys.match(/\u001B\[\w|[\s\S]/g) ?? [];

export const isThere = existsSync;
