import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { type DecideFlags, decideAbout } from '../state/decide-about.ts';
import { flagsOf, stateOption } from '../state/state-place.ts';

/** `policylayer approvals deny`: a call that waits is denied. */
export function addApprovalsDenyCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('deny a call')
    .argument('<id>', 'as "approvals" lists it')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (id: string, _flags: object, self: Command) =>
      decideAbout(terminal, id, 'denied', flagsOf<DecideFlags>(self)),
    );
}
