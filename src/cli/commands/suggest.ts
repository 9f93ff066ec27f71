import { type Command, Option } from 'commander';
import type { Invocation } from '../invocation.ts';
import { parseSince } from '../state/parse-since.ts';
import { runSuggest, type SuggestFlags } from '../state/run-suggest.ts';
import { stateOption } from '../state/state-place.ts';

/** `policylayer suggest`: the tightest policy that would have allowed what was recorded. */
export function addSuggestCommand(command: Command, { terminal }: Invocation): void {
  command
    .option('--server <name>', 'of this server; needed where several were called')
    .option('--grant <label>', 'of what this caller did')
    .option('--since <time>', 'of what was called from then on: 15m, 2h, 3d, or 2026-11-21T04:12Z', parseSince)
    .option('-o, --output <file>', 'write it there instead of to stdout: .json as JSON, else as YAML')
    .option('--force', 'replace a policy that is there; the old one is kept beside it')
    .addOption(stateOption())
    .addOption(new Option('--json', 'as JSON, which has no comments'))
    .action((flags: SuggestFlags) => runSuggest(terminal, flags));
}
