import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { grantUnknown } from '../state/state-command-errors.ts';
import { type StateFlags, stateOption, withState } from '../state/state-place.ts';

/** `policylayer grant revoke`: its token is worth nothing from the next call on. */
export function addGrantRevokeCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('end a grant: its token is refused from the next call on')
    .argument('<label>', 'the label of the grant')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (label: string, { json, ...flags }: StateFlags & { readonly json?: boolean }) => {
      await withState(terminal, flags, {
        make: false,
        work: async ({ grants }) => {
          if (!(await grants.revoke(label))) throw grantUnknown(label);
        },
      });
      if (json) await terminal.out(`${JSON.stringify({ label, revoked: true }, null, 2)}\n`);
      else terminal.note(`Revoked ${label}.`);
    });
}
