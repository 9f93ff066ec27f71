import { type Command, InvalidArgumentError } from 'commander';
import type { ChainHead } from '../../core/audit/chain-state.ts';
import { renderChainState } from '../../render/gateway/audit.ts';
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
      await withExistingState(terminal, flags, async ({ audit }) => {
        const state = await audit.verify(head);
        await terminal.out(renderChainState(state, json ? 'json' : 'text'));
        terminal.exitCode = state.intact ? 0 : 1;
      });
    });
}

function parseHead(value: string): ChainHead {
  const [, seq, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(value) ?? [];
  if (seq === undefined || digest === undefined)
    throw new InvalidArgumentError('It is not a head as "audit verify" prints it.');
  return { seq: Number(seq), digest };
}
