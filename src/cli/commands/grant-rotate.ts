import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { addGrantOptions, changeGrant, type GrantFlags } from '../state/change-grant.ts';

/** `policylayer grant rotate`: a new token for the same grant; the old one is worth nothing from then on. */
export function addGrantRotateCommand(command: Command, { terminal }: Invocation): void {
  command.description('replace the token of a grant; the old one ends at once, counters go on');
  addGrantOptions(command).action(async (label: string, flags: GrantFlags) => {
    const rotated = await changeGrant(terminal, flags, label, (grants) => grants.rotate(label));
    await terminal.out(flags.json ? `${JSON.stringify({ label, ...rotated }, null, 2)}\n` : `${rotated.token}\n`);
    terminal.note('Keep the token: it is not shown again.');
  });
}
