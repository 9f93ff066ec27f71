import type { Command } from 'commander';
import type { GrantStore } from '../../io/state/grant-store.ts';
import type { Terminal } from '../terminal.ts';
import { grantUnknown } from './state-command-errors.ts';
import { type StateFlags, stateOption, withExistingState } from './state-place.ts';

export type GrantFlags = StateFlags & { readonly json?: boolean };

/** What every command on one grant takes. */
export function addGrantOptions(command: Command): Command {
  return command.argument('<label>', 'the label of the grant').addOption(stateOption()).option('--json', 'as JSON');
}

/** Changes one grant. Throws UserError where `change` finds none of this label. */
export async function changeGrant<Changed>(
  terminal: Terminal,
  flags: GrantFlags,
  label: string,
  change: (grants: GrantStore, label: string) => Promise<Changed | null | false>,
): Promise<Changed> {
  let changed: Changed | null | false = null;
  await withExistingState(terminal, flags, async ({ grants }) => {
    changed = await change(grants, label);
  });
  if (changed === null || changed === false) throw grantUnknown(label);
  return changed;
}
