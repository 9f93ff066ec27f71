import { type Command, Option } from 'commander';
import { EXPLANATION_FORMATS } from '../../render/explanation/explanation-format.ts';
import type { Invocation } from '../invocation.ts';
import { addTargetOptions, TARGETS_HELP } from '../options.ts';
import { type ExplainFlags, runExplain } from '../run-explain.ts';
import { findTargets } from '../targets/find-targets.ts';

/** `policylayer explain`: everything about one tool. */
export function addExplainCommand(command: Command, { terminal, afterDashes }: Invocation): void {
  command
    .usage('[options] <target> <tool> | [options] <tool> -- <command> [args...]')
    .argument('[target, tool...]', `${TARGETS_HELP}; then the name of the tool`);
  addTargetOptions(command)
    .addOption(new Option('-f, --format <format>', 'what to print').choices(EXPLANATION_FORMATS).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--no-catalog', 'judge by the rules alone: neither the catalog nor your overrides')
    .option('--no-color', 'print without colours')
    .action(async (words: string[], flags: ExplainFlags) => {
      const tool = words.at(-1);
      if (tool === undefined || words.length + afterDashes.length < 2)
        throw (await import('../usage-errors.ts')).noTool();
      const { sources, announcements } = await findTargets({ words: words.slice(0, -1), afterDashes, flags }, terminal);
      const [source] = sources;
      if (source === undefined || sources.length > 1)
        throw (await import('../usage-errors.ts')).severalToExplain(sources.length);
      for (const announcement of announcements) terminal.note(announcement);
      await runExplain(terminal, source, tool, flags);
    });
}
