import { runProgram } from './program.ts';
import { type Host, Terminal } from './terminal.ts';

/**
 * Runs one command line and resolves to the exit code. Never throws, never exits.
 * What only failures and single commands need is loaded there: `--help` should be there at once.
 */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const terminal = new Terminal(host);
  try {
    await runProgram(args, terminal);
  } catch (error) {
    const { reportFailure } = await import('./report-failure.ts');
    terminal.exitCode = reportFailure(error, terminal);
  }
  if (terminal.interruptedBy === null) return terminal.exitCode;
  const { INTERRUPTED_EXIT_CODE } = await import('./exit-code.ts');
  return INTERRUPTED_EXIT_CODE[terminal.interruptedBy];
}
