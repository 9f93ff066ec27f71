import { type Command, InvalidArgumentError } from 'commander';
import { CHAIN_START, type ChainHead, type ChainState } from '../../core/audit/chain-state.ts';
import { UserError } from '../../core/user-error.ts';
import { renderChainState } from '../../render/gateway/audit.ts';
import { errorText } from '../error-text.ts';
import type { Invocation } from '../invocation.ts';
import { flagsOf, type StateFlags, stateOption, withExistingState } from '../state/state-place.ts';

interface VerifyFlags extends StateFlags {
  readonly head?: ChainHead;
  readonly json?: boolean;
}

/** `policylayer audit verify`: whether any row was changed, removed or put in. */
export function addAuditVerifyCommand(command: Command, { terminal }: Invocation): void {
  command
    .description(
      'whether any row was changed or removed; exits with 0 where all are there, 1 where not, 2 where it could not tell',
    )
    .option(
      '--head <seq:digest>',
      'the head that an earlier run printed: what was cut off since then shows as well',
      parseHead,
    )
    .addOption(stateOption())
    .option('--json', 'as JSON')
    .action(async (_flags: VerifyFlags, self: Command) => {
      const { head, json, ...flags } = flagsOf<VerifyFlags>(self);
      try {
        await withExistingState(terminal, flags, async ({ audit }) => {
          const state = await audit.verify(head);
          await terminal.out(renderChainState(state, json ? 'json' : 'text'));
          terminal.exitCode = state.intact ? 0 : 1;
        });
      } catch (error) {
        // Without what holds the rows none can be looked at: that is a change of all of them.
        if (!(error instanceof UserError) || error.code !== 'RECORD_DAMAGED') throw error;
        const state: ChainState = { intact: false, seq: 1, because: error.because, head: CHAIN_START };
        if (json) await terminal.out(renderChainState(state, 'json'));
        terminal.note(errorText(error));
        terminal.exitCode = 1;
      }
    });
}

function parseHead(value: string): ChainHead {
  const [, seq, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value) ?? [];
  if (seq === undefined || digest === undefined)
    throw new InvalidArgumentError('It is not a head as "audit verify" prints it.');
  return { seq: Number(seq), digest };
}
