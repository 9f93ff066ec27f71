import type { Terminal } from './terminal.ts';

/** What a command works with besides its options. */
export interface Invocation {
  readonly terminal: Terminal;
  /** Of a command that can start a server: the words after `--`, its command line, in which nothing is an option of ours. */
  readonly afterDashes: readonly string[];
}
