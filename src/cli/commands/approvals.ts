import type { Command } from 'commander';
import { approvalJson, renderApprovals } from '../../render/gateway/approvals.ts';
import type { Invocation } from '../invocation.ts';
import { noTerminalToWatch } from '../state/state-command-errors.ts';
import { flagsOf, type StateFlags, stateOption, withExistingState, withState } from '../state/state-place.ts';
import { addApprovalsApproveCommand } from './approvals-approve.ts';
import { addApprovalsDenyCommand } from './approvals-deny.ts';
import { addApprovalsShowCommand } from './approvals-show.ts';

interface ListFlags extends StateFlags {
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** `policylayer approvals`: the calls that wait for a person. */
export function addApprovalsCommand(command: Command, invocation: Invocation): void {
  const { terminal } = invocation;
  command
    .usage('[options] | --watch | show <id> | approve <id> [--session] | deny <id>')
    .option('-w, --watch', 'stay, and ask about each call as it comes; needs a terminal')
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (_flags: object, self: Command) => {
      const { json, watch, ...flags } = flagsOf<ListFlags>(self);
      if (watch && !terminal.isInteractive) throw noTerminalToWatch();
      if (watch) {
        const { watchApprovals } = await import('../state/watch-approvals.ts');
        // Whoever watches may have come first: the gateway then finds the state that is made here.
        return withState(terminal, flags, ({ approvals }) => watchApprovals(terminal, approvals));
      }
      await withExistingState(terminal, flags, async ({ approvals }) => {
        const waiting = await approvals.list();
        const { columns: width } = terminal;
        if (json) await terminal.out(`${JSON.stringify(waiting.map(approvalJson), null, 2)}\n`);
        else if (waiting.length === 0) terminal.note('No call waits for a decision.');
        else await terminal.out(renderApprovals(waiting, { now: Date.now(), width }));
      });
    });
  addApprovalsShowCommand(command.command('show'), invocation);
  addApprovalsApproveCommand(command.command('approve'), invocation);
  addApprovalsDenyCommand(command.command('deny'), invocation);
}
