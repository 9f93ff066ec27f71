import type { Command } from 'commander';
import { renderGrants } from '../../render/gateway/grants.ts';
import type { Invocation } from '../invocation.ts';
import { type StateFlags, stateOption, withExistingState } from '../state/state-place.ts';

/** `policylayer grant list`: who has a token, for what, and when it was used last. Shows no token. */
export function addGrantListCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('list the grants; no token is shown')
    .option('--all', 'also those that were revoked')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async ({ all, json, ...flags }: StateFlags & { readonly all?: boolean; readonly json?: boolean }) =>
      withExistingState(terminal, flags, async ({ grants }) => {
        const listed = (await grants.list()).filter(({ revokedAt }) => all || revokedAt === null);
        await terminal.out(renderGrants(listed, { format: json ? 'json' : 'text', width: terminal.columns }));
        if (listed.length === 0 && !json) terminal.note('There is no grant.');
      }),
    );
}
