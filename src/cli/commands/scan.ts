import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addReportOptions, addTargetOptions, type ReportFlags, TARGETS_HELP } from '../options.ts';
import { reportOn, type Search } from '../scan/report-on.ts';
import type { AllFlags } from '../targets/all-targets.ts';
import { findTargets, type Targets } from '../targets/find-targets.ts';

/** Servers that were named are all looked at. */
const NAMED: Search = { leftOut: [], isIncomplete: false };

type ScanFlags = ReportFlags & AllFlags & { readonly all?: boolean };

/** `policylayer scan`: lists the tools of servers, classifies them, recommends a policy. */
export function addScanCommand(command: Command, { terminal, afterDashes }: Invocation): void {
  command
    .usage('[options] [targets...] | [options] -- <command> [args...]')
    .argument('[targets...]', `${TARGETS_HELP}; without any, the servers of policylayer.yaml`)
    .option('--all', 'every server in the configurations of the MCP clients on this machine')
    .option('-y, --yes', 'with --all: ask nothing, and start also what came with the project here');
  addTargetOptions(command);
  addReportOptions(command).action(async (words: string[], flags: ScanFlags) => {
    const targets = await targetsOf(words, flags);
    if (targets === null) return;
    const { sources, announcements, repeatable, search = NAMED, areKnown = true } = targets;
    await reportOn(sources, flags, {
      terminal,
      run: { command: 'scan', words: repeatable, knowsNames: search !== NAMED, areKnown },
      announcements,
      nameServers: true,
      search,
    });
  });

  async function targetsOf(words: readonly string[], flags: ScanFlags): Promise<Targets | null> {
    const isNamed = words.length + afterDashes.length > 0;
    if (flags.all && isNamed) throw (await import('../targets/target-errors.ts')).allOrNamed();
    if (flags.all) return (await import('../targets/all-targets.ts')).findAllTargets(flags, terminal);
    if (isNamed) return findTargets({ words, afterDashes, flags }, terminal);
    return (await import('../targets/project-targets.ts')).findProjectTargets(flags, terminal);
  }
}
