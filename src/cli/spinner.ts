import type { Ora } from 'ora';
import type { Terminal } from './terminal.ts';

/** A spinner on stderr that leaves the keyboard, the cursor and Ctrl-C to us. */
export async function spinnerAt(terminal: Terminal, { color }: { readonly color: boolean }): Promise<Ora> {
  const { default: ora } = await import('ora');
  return ora({
    stream: terminal.progressStream,
    color: color && 'cyan',
    isEnabled: true,
    // ora's defaults take over the keyboard and the cursor, and would need Ctrl-C to go through it.
    discardStdin: false,
    hideCursor: false,
  });
}
