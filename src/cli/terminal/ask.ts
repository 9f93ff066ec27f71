/** Questions to whoever sits at the terminal, asked on stderr. Ctrl-C at one ends everything, as it does elsewhere. */
import type { Terminal } from '../terminal.ts';
import { onEndOfInput } from './end-of-input.ts';

/** A question to be answered with y or n; Enter and Ctrl-D mean no. */
export async function confirm(terminal: Terminal, message: string): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  const { stdin: input, progressStream: output } = terminal;
  const declined = new AbortController();
  const stop = onEndOfInput(input, () => declined.abort());
  try {
    const signal = AbortSignal.any([terminal.signal, declined.signal]);
    const ask = inquirer.createPromptModule({ input, output, signal });
    const { agreed } = await ask([{ type: 'confirm', name: 'agreed', message, default: false }]);
    return agreed === true;
  } catch (error) {
    terminal.signal.throwIfAborted();
    if (declined.signal.aborted) return false;
    if (error instanceof Error && error.name === 'ExitPromptError') terminal.interrupt();
    throw error;
  } finally {
    stop();
  }
}

interface Line {
  readonly message: string;
  /** What is wrong with a line; true where nothing is. */
  readonly validate: (line: string) => string | true;
  /** Takes the question back. */
  readonly signal: AbortSignal;
}

/**
 * A line that passes; null where the question was taken back. Node's own reader asks: the prompts of the library drop
 * what was pasted before they are drawn, and what comes while they judge the line before.
 */
export async function askFor(terminal: Terminal, { message, validate, signal }: Line): Promise<string | null> {
  if (signal.aborted) return null;
  const { createInterface } = await import('node:readline');
  const { stdin: input, progressStream: output } = terminal;
  const reader = createInterface({ input, output, terminal: true, historySize: 0, prompt: `? ${message} ` });
  const takeBack = (): void => {
    output.write('\n');
    reader.close();
  };
  signal.addEventListener('abort', takeBack);
  try {
    return await new Promise((resolve) => {
      reader.on('SIGINT', () => terminal.interrupt());
      reader.on('close', () => resolve(null));
      reader.on('line', (line) => {
        const wrong = validate(line);
        if (wrong === true) return resolve(line);
        terminal.note(wrong);
        reader.prompt();
      });
      reader.prompt();
    });
  } finally {
    signal.removeEventListener('abort', takeBack);
    reader.close();
  }
}
