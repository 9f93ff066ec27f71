import { type Command, Option } from 'commander';
import type { Invocation } from '../invocation.ts';
import { runTest, type TestFlags } from '../run-test.ts';

/** `policylayer test`: what a policy does with a call, or with a file of calls. */
export function addTestCommand(command: Command, { terminal }: Invocation): void {
  command
    .usage("[options] <policy> <tool> [--args '{...}'] | [options] <policy> --cases <file>")
    .argument('<policy>', 'a policy file, JSON or YAML')
    .argument('[tool]', 'the tool that is called')
    .option('-a, --args <json>', 'the arguments of the call: JSON, @FILE, or - for stdin; without it there are none')
    .option('--cases <file>', 'calls and what has to become of each, JSON or YAML')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .option('--no-color', 'print without colours')
    .addHelpText('after', HELP)
    .action((policy: string, tool: string | undefined, flags: TestFlags) => runTest(terminal, policy, tool, flags));
}

const HELP = `
A case: { tool, args, expect: allow | deny | ask, rule, message, repeat, caller,
wait: minute | hour | day }; all but tool and expect may be left out. Counters
start at zero and go on from case to case.

Exit codes: 0 allowed, or every case passed; 1 denied, waiting for a person's
approval, or a case failed; 2 could not tell.`;
