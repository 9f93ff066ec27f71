import { Writable } from 'node:stream';
import { onEndOfInput } from '../terminal/end-of-input.ts';
import type { Terminal } from '../terminal.ts';

/** The answer of a person who wants to go back to the question before. */
export const BACK: unique symbol = Symbol('back');
export type Answered<T> = T | typeof BACK;

/** Where a prompt reads and shows itself, as inquirer wants it. */
export interface PromptContext {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  readonly clearPromptOnDone: true;
}

/** Shows a prompt on stderr. Escape answers `BACK`; Ctrl-C and Ctrl-D end the program as the signal would. */
export async function askOrBack<T>(
  terminal: Terminal,
  { color }: { readonly color: boolean },
  show: (context: PromptContext) => Promise<T>,
): Promise<Answered<T>> {
  const goBack = new AbortController();
  const onKey = (_text: unknown, key: { readonly name?: string } | undefined): void => {
    if (key?.name === 'escape') goBack.abort();
  };
  terminal.stdin.on('keypress', onKey);
  const stop = onEndOfInput(terminal.stdin, () => terminal.interrupt());
  try {
    return await show({
      input: terminal.stdin,
      output: color ? terminal.progressStream : withoutColors(terminal.progressStream),
      signal: AbortSignal.any([terminal.signal, goBack.signal]),
      clearPromptOnDone: true,
    });
  } catch (error) {
    terminal.signal.throwIfAborted();
    if (goBack.signal.aborted) return BACK;
    // A prompt reads the keyboard raw, so that Ctrl-C comes as a key and not as a signal.
    if (error instanceof Error && error.name === 'ExitPromptError') terminal.interrupt();
    throw error;
  } finally {
    stop();
    terminal.stdin.off('keypress', onKey);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what sets a colour begins with one
const COLOR = /\u001B\[[\d;]*m/g;

/** The library paints whatever the environment says. */
function withoutColors(stream: NodeJS.WriteStream): NodeJS.WritableStream {
  const plain = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => void stream.write(String(chunk).replace(COLOR, ''), () => done()),
  });
  return Object.assign(plain, { isTTY: true, columns: stream.columns, rows: stream.rows });
}
