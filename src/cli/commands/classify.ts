import type { Command } from 'commander';
import { classifyInput } from '../classify-input.ts';
import type { Invocation } from '../invocation.ts';
import { addReportOptions, type ReportFlags } from '../options.ts';

/** `policylayer classify`: the same as `scan` for tools that somebody listed already. Connects to nothing. */
export function addClassifyCommand(command: Command, { terminal }: Invocation): void {
  command.argument('[file]', 'a tools/list result, a list of tools, or one tool a line; - for stdin', '-');
  addReportOptions(command).action(async (file: string, flags: ReportFlags) => {
    if (file === '-' && terminal.stdin.isTTY) throw (await import('../usage-errors.ts')).noInput();
    await classifyInput(file, flags, terminal);
  });
}
