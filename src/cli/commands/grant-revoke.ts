import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addGrantOptions, changeGrant, type GrantFlags } from '../state/change-grant.ts';

/** `policylayer grant revoke`: its token is worth nothing from the next call on. */
export function addGrantRevokeCommand(command: Command, { terminal }: Invocation): void {
  command.description('end a grant: its token is refused from the next call on');
  addGrantOptions(command).action(async (label: string, flags: GrantFlags) => {
    await changeGrant(terminal, flags, label, (grants) => grants.revoke(label));
    if (flags.json) await terminal.out(`${JSON.stringify({ label, revoked: true }, null, 2)}\n`);
    else terminal.note(`Revoked ${label}.`);
  });
}
