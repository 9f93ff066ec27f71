import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { Store } from '../../io/state/store.ts';
import type { Terminal } from '../terminal.ts';
import { userFolderOf } from '../user-folder-of.ts';

export interface StateFlags {
  readonly state?: string;
}

export function stateOption(): Option {
  return new Option(
    '--state <place>',
    'where the state is: a file, or redis://...; else POLICYLAYER_STATE, else your own',
  );
}

/** Where the state is: what was given, else what the environment says (an address may hold a password), else the user's own. */
export function statePlace({ state }: StateFlags, env: NodeJS.ProcessEnv): string {
  return state || env.POLICYLAYER_STATE || join(userFolderOf(env), 'state.db');
}

/** Opens the state, hands it to `work`, and closes it whatever happens. One that is not there is made only to be written. */
export async function withState(
  terminal: Terminal,
  flags: StateFlags,
  { make, work }: { readonly make: boolean; readonly work: (store: Store) => Promise<void> },
): Promise<void> {
  const { openExistingStore, openStore } = await import('../../io/state/open-store.ts');
  const place = statePlace(flags, terminal.env);
  const store = await (make ? openStore(place) : openExistingStore(place));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** Options of a command and those of the one above it, which takes them wherever they stand. */
export function flagsOf<Flags>(command: Command): Flags {
  return command.optsWithGlobals<Record<string, unknown>>() as Flags;
}
