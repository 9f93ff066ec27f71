import type { Terminal } from './terminal.ts';

/** Asks a question on stderr to be answered with y or n; Enter means no. Ctrl-C ends everything, as it does elsewhere. */
export async function confirm(terminal: Terminal, message: string): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  const { stdin: input, progressStream: output, signal } = terminal;
  const prompt = inquirer.createPromptModule({ input, output, signal });
  try {
    const { agreed } = await prompt([{ type: 'confirm', name: 'agreed', message, default: false }]);
    return agreed;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') terminal.interrupt();
    throw error;
  }
}
