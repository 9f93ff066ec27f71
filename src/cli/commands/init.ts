import { type Command, Option } from 'commander';
import { PRESETS } from '../../core/policy/recommend/preset.ts';
import { POLICY_FORMATS } from '../../workflows/find-policy.ts';
import type { InitFlags } from '../init/flags.ts';
import type { Invocation } from '../invocation.ts';
import { parseSeconds } from '../options.ts';

/** `policylayer init`: finds the servers of the clients on this machine, and writes a policy for each. */
export function addInitCommand(command: Command, { terminal }: Invocation): void {
  command
    .option('-y, --yes', 'ask nothing: scan your own servers that are ready, and write what is recommended')
    .addOption(new Option('--preset <preset>', 'how to treat tools that are new or changed').choices(PRESETS))
    .option('--clients <ids>', 'only servers of these clients, as in cursor,claude-desktop', names)
    .option('--servers <names>', 'only these servers; with --yes also those of the folder you are in', names)
    .addOption(new Option('-f, --format <format>', 'of policies that are new').choices(POLICY_FORMATS).default('yaml'))
    .option('--timeout <seconds>', 'how long one server may take', parseSeconds)
    .option('--no-catalog', 'judge by the rules alone: neither the catalog nor your overrides')
    .option('--no-color', 'print without colours')
    .action(async (flags: InitFlags) => {
      const { runInit } = await import('../init/run-init.ts');
      await runInit(flags, terminal);
    });
}

const names = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
