import type { Command } from 'commander';
import { approvalJson, renderApproval } from '../../render/gateway/approvals.ts';
import type { Invocation } from '../invocation.ts';
import { approvalGone } from '../state/state-command-errors.ts';
import { flagsOf, type StateFlags, stateOption, withExistingState } from '../state/state-place.ts';

/** `policylayer approvals show`: one call with all of its arguments. */
export function addApprovalsShowCommand(command: Command, { terminal }: Invocation): void {
  command
    .description('show one call with all of its arguments')
    .argument('<id>', 'as "approvals" lists it')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (id: string, _flags: object, self: Command) => {
      const { json, ...flags } = flagsOf<StateFlags & { readonly json?: boolean }>(self);
      await withExistingState(terminal, flags, async ({ approvals }) => {
        const found = (await approvals.list()).find((approval) => approval.id === id);
        if (found === undefined) throw approvalGone(id);
        const text = json
          ? `${JSON.stringify(approvalJson(found), null, 2)}\n`
          : renderApproval(found, { now: Date.now() });
        await terminal.out(text);
      });
    });
}
