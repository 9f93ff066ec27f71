import type { PersonsDecision } from '../../io/state/approval-store.ts';
import type { Terminal } from '../terminal.ts';
import { approvalGone } from './state-command-errors.ts';
import { type StateFlags, withExistingState } from './state-place.ts';

export interface DecideFlags extends StateFlags {
  readonly json?: boolean;
}

const TOLD: Readonly<Record<PersonsDecision, string>> = {
  once: 'Approved, this once.',
  session: 'Approved, for this session.',
  denied: 'Denied.',
};

/** Decides about a call that waits. Says so where it does not wait any more: then nothing was decided. */
export async function decideAbout(
  terminal: Terminal,
  id: string,
  decision: PersonsDecision,
  { json, ...flags }: DecideFlags,
): Promise<void> {
  await withExistingState(terminal, flags, async ({ approvals }) => {
    if (!(await approvals.decide(id, decision))) throw approvalGone(id);
  });
  if (json) await terminal.out(`${JSON.stringify({ id, decision }, null, 2)}\n`);
  else terminal.note(TOLD[decision]);
}
