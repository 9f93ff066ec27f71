import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { runUnwrap } from '../wrap/run-unwrap.ts';
import type { WrapFlags } from '../wrap/wrap-flags.ts';

/** `policylayer unwrap`: takes the servers of a client out from behind the gateway. */
export function addUnwrapCommand(command: Command, { terminal }: Invocation): void {
  command
    .argument('[client]', 'the client, as "policylayer clients --all" calls it')
    .argument('[servers...]', 'only these; all that are behind the gateway unless given')
    .option('--all', 'of every client')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('-y, --yes', 'change it without asking')
    .action((client: string | undefined, servers: string[], flags: WrapFlags) =>
      runUnwrap(client, servers, flags, terminal),
    );
}
