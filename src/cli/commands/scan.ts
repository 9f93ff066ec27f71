import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addReportOptions, addTargetOptions, type ReportFlags, type TargetFlags } from '../options.ts';
import { reportOn } from '../report-on.ts';
import { findTargets } from '../scan-targets.ts';

/** `policylayer scan`: lists the tools of servers, classifies them, recommends a policy. */
export function addScanCommand(command: Command, { terminal, afterDashes }: Invocation): void {
  command
    .usage('[options] <targets...> | [options] -- <command> [args...]')
    .argument('[targets...]', 'an http(s):// URL, npm:PACKAGE [args], pypi:PACKAGE [args], or a JSON file of tools');
  addTargetOptions(command);
  addReportOptions(command).action(async (words: string[], flags: ReportFlags & TargetFlags) => {
    if (words.length === 0 && afterDashes.length === 0) throw (await import('../cli-errors.ts')).noTarget();
    const { sources, started, repeatable } = findTargets(words, afterDashes, flags, terminal);
    await reportOn(sources, flags, {
      terminal,
      run: { command: 'scan', words: repeatable },
      announcements: started.map((commandLine) => `Starting: ${commandLine}`),
      nameServers: true,
    });
  });
}
