/** Runs the real `bin/policylayer.js` at a pseudo-terminal, as a person would who reads the screen and types. */
import { after } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { BIN, plainEnvironment, ROOT } from './run-cli.ts';

export interface TerminalOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

export interface AtTerminal {
  readonly pid: number;
  /** All that was shown so far, redrawn lines included, without colours and movements of the cursor. */
  screen(): string;
  /**
   * What was shown from the end of the last match to the end of this one. Fails where the program ends before it is
   * shown, or stays silent for too long.
   */
  waitFor(pattern: RegExp): Promise<string>;
  /** Presses keys: `'y'`, `KEYS.enter`, `KEYS.ctrlC`. */
  type(keys: string): void;
  /** The exit code, once the program has ended. */
  readonly exit: Promise<number>;
}

export const KEYS = {
  enter: '\r',
  ctrlC: '\x03',
  ctrlD: '\x04',
  escape: '\x1b',
  space: ' ',
  tab: '\t',
  up: '\x1b[A',
  down: '\x1b[B',
  backspace: '\x7f',
} as const;

/** No promise of the program, only a bound: a test that waits for ever says nothing. */
const LONGEST_SILENCE_MS = 30_000;

/** `runAtTerminal(['scan', ...])`. What still runs after the tests is ended. */
export function runAtTerminal(args: readonly string[], options: TerminalOptions = {}): AtTerminal {
  const { cwd = ROOT, env = {}, columns = 100, rows = 40 } = options;
  const terminal = spawn(process.execPath, [BIN, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: { ...plainEnvironment(), TERM: 'xterm-256color', ...env },
  });
  let raw = '';
  let seen = 0;
  let exitCode: number | null = null;
  const waiting = new Set<() => void>();
  const tellAll = (): void => {
    for (const look of waiting) look();
  };
  terminal.onData((text) => {
    raw += text;
    tellAll();
  });
  const exit = new Promise<number>((resolve) =>
    terminal.onExit((ended) => {
      exitCode = ended.exitCode;
      tellAll();
      resolve(exitCode);
    }),
  );
  after(() => {
    if (exitCode === null) terminal.kill('SIGKILL');
  });
  const screen = (): string => stripVTControlCharacters(raw).replaceAll('\r', '');

  const waitFor = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        waiting.delete(look);
        end();
      };
      const fail = (why: string): void =>
        settle(() => reject(new Error(`${pattern} was not shown: ${why}. On the screen:\n${screen()}`)));
      const timer = setTimeout(() => fail('the program is silent'), LONGEST_SILENCE_MS);
      const look = (): void => {
        const text = screen().slice(seen);
        const match = pattern.exec(text);
        if (match !== null) {
          const end = match.index + match[0].length;
          seen += end;
          settle(() => resolve(text.slice(0, end)));
        } else if (exitCode !== null) fail(`the program ended with ${exitCode}`);
      };
      waiting.add(look);
      look();
    });

  return { pid: terminal.pid, screen, waitFor, type: (keys) => terminal.write(keys), exit };
}
