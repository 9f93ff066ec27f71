import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import type { WrapFlags } from '../wrap/wrap-flags.ts';

/** `policylayer wrap`: puts the servers of a client behind the gateway. */
export function addWrapCommand(command: Command, { terminal }: Invocation): void {
  command
    .argument(
      '[client]',
      'the client, as "policylayer clients --all" calls it; left out, what could be wrapped is listed',
    )
    .argument('[servers...]', 'only these; all that have a policy unless given')
    .option('--all', 'of every client')
    .option('--dry-run', 'show what would change, and change nothing')
    .option('-y, --yes', 'change it without asking')
    .option('--npx', 'start policylayer with npx, this version of it')
    .action(async (client: string | undefined, servers: string[], flags: WrapFlags) => {
      if (client === undefined && !flags.all) {
        const { listWrappable } = await import('../wrap/list-wrappable.ts');
        return listWrappable(terminal);
      }
      const { runWrap } = await import('../wrap/run-wrap.ts');
      return runWrap(client, servers, flags, terminal);
    });
}
