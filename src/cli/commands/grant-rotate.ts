import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { grantUnknown } from '../state/state-command-errors.ts';
import { type StateFlags, stateOption, withState } from '../state/state-place.ts';

/** `policylayer grant rotate`: a new token for the same grant; the old one is worth nothing from then on. */
export function addGrantRotateCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('replace the token of a grant; the old one ends at once, counters go on')
    .argument('<label>', 'the label of the grant')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (label: string, { json, ...flags }: StateFlags & { readonly json?: boolean }) => {
      await withState(terminal, flags, {
        make: false,
        work: async ({ grants }) => {
          const rotated = await grants.rotate(label);
          if (rotated === null) throw grantUnknown(label);
          await terminal.out(json ? `${JSON.stringify({ label, ...rotated }, null, 2)}\n` : `${rotated.token}\n`);
        },
      });
      terminal.note('Keep the token: it is not shown again.');
    });
}
