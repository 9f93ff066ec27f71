import type { Command } from 'commander';
import type { Invocation } from '../invocation.ts';
import { type DecideFlags, decideAbout } from '../state/decide-about.ts';
import { flagsOf, stateOption } from '../state/state-place.ts';

/** `policylayer approvals approve`: lets a call through that waits. */
export function addApprovalsApproveCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('let a call through')
    .argument('<id>', 'as "approvals" lists it')
    .option('--session', 'and others of the same tool, until the client leaves')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (id: string, _flags: object, self: Command) => {
      const { session, ...flags } = flagsOf<DecideFlags & { readonly session?: boolean }>(self);
      await decideAbout(terminal, id, session ? 'session' : 'once', flags);
    });
}
