import { ERROR_EXIT_CODE, INTERRUPTED_EXIT_CODE } from './exit-code.ts';
import { runProgram } from './program.ts';
import { type Host, Terminal } from './terminal.ts';

/**
 * Runs one command line and resolves to the exit code. Never throws, never exits.
 * What only failures and single commands need is loaded there: `--help` should be there at once.
 */
export async function main(args: readonly string[], host: Host): Promise<number> {
  const terminal = new Terminal(host);
  let hasFailed = false;
  const fail = async (error: unknown): Promise<void> => {
    hasFailed = true;
    const { reportFailure } = await import('./report-failure.ts');
    reportFailure(error, terminal);
  };
  // A mistake outside of any call would end us at once, with the exit code for "no" and servers left behind.
  host.on('uncaughtException', (error) => void fail(error).then(() => terminal.end()));
  await runProgram(args, terminal).catch(fail);
  if (!hasFailed && terminal.interruptedBy === null) return terminal.exitCode;
  return terminal.interruptedBy === null ? ERROR_EXIT_CODE : INTERRUPTED_EXIT_CODE[terminal.interruptedBy];
}
