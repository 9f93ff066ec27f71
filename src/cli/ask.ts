/** Questions to whoever sits at the terminal, asked on stderr. Ctrl-C at one ends everything, as it does elsewhere. */
import type { Terminal } from './terminal.ts';

/** A question to be answered with y or n; Enter means no. */
export async function confirm(terminal: Terminal, message: string): Promise<boolean> {
  const { agreed } = await asked(terminal, { type: 'confirm', name: 'agreed', message, default: false } as const);
  return agreed === true;
}

interface Line {
  readonly message: string;
  /** What is wrong with a line; true where nothing is. */
  readonly validate: (line: string) => string | true;
  /** Takes the question back. */
  readonly signal: AbortSignal;
}

/** A line that passes; null where the question was taken back. */
export async function askFor(terminal: Terminal, { message, validate, signal }: Line): Promise<string | null> {
  try {
    const { line } = await asked(terminal, { type: 'input', name: 'line', message, validate } as const, signal);
    return String(line);
  } catch (error) {
    if (signal.aborted && !terminal.isEnding) return null;
    throw error;
  }
}

type Question = Readonly<Record<'name' | 'message', string>> &
  (
    | { readonly type: 'confirm'; readonly default: boolean }
    | { readonly type: 'input'; readonly validate: Line['validate'] }
  );

async function asked(
  terminal: Terminal,
  question: Question,
  signal: AbortSignal = terminal.signal,
): Promise<Record<string, unknown>> {
  const { default: inquirer } = await import('inquirer');
  const { stdin: input, progressStream: output } = terminal;
  try {
    return await inquirer.createPromptModule({ input, output, signal })([question]);
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') terminal.interrupt();
    throw error;
  }
}
