import { type Command, Option } from 'commander';
import { FINDING_LEVELS } from '../../core/finding.ts';
import type { CheckFlags } from '../check/check-flags.ts';
import { runCheck } from '../check/run-check.ts';
import type { Invocation } from '../invocation.ts';
import { addTargetOptions, TARGETS_HELP } from '../options.ts';

/** `policylayer check`: whether policies are valid, and fit their servers as they are now. */
export function addCheckCommand(command: Command, { terminal, afterDashes }: Invocation): void {
  command
    .usage('[options] [policies...] [target] | [options] <policy> -- <command> [args...]')
    .argument(
      '[policies, target...]',
      `policy files, JSON or YAML, without any those of policylayer.yaml; then a server to hold them against instead of the one that policylayer.yaml names: ${TARGETS_HELP}`,
    );
  addTargetOptions(command)
    .option('--no-server', 'check the files alone, and start nothing')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 when a problem has this level or a higher one')
        .choices(FINDING_LEVELS)
        .default('error'),
    )
    .option('--no-color', 'print without colours')
    .action((words: string[], flags: CheckFlags) => runCheck({ words, afterDashes, flags }, terminal));
}
