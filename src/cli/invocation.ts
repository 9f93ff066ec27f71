import type { Terminal } from './terminal.ts';

/** What a command works with besides its options. */
export interface Invocation {
  readonly terminal: Terminal;
  /** `scan` and `explain`: the words after `--`, the command line of a server, in which nothing is an option of ours. */
  readonly afterDashes: readonly string[];
}
