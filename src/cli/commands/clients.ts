import { type Command, Option } from 'commander';
import { FINDING_LEVELS } from '../../core/finding.ts';
import { INVENTORY_FORMATS } from '../../render/inventory/inventory-format.ts';
import type { Invocation } from '../invocation.ts';
import { type ClientsFlags, showClients } from '../show-clients.ts';

/** `policylayer clients`: which servers the MCP clients on this machine hold, and what is dangerous in their settings. */
export function addClientsCommand(command: Command, { terminal }: Invocation): void {
  command
    .option('--clients <ids>', 'only these, as in claude-code,cursor', (ids: string) =>
      ids.split(',').map((id) => id.trim()),
    )
    .option('--all', 'also show the paths where nothing is')
    .addOption(new Option('-f, --format <format>', 'what to print').choices(INVENTORY_FORMATS).default('text'))
    .addOption(new Option('--json', 'the same as --format json').conflicts('format'))
    .addOption(
      new Option('--fail-on <level>', 'exit with 1 when a finding is this serious or more').choices(FINDING_LEVELS),
    )
    .option('--no-color', 'print without colours')
    .action((flags: ClientsFlags) => showClients(terminal, flags));
}
