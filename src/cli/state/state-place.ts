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

type Work = (store: Store) => Promise<void>;

/** Opens the state, hands it to `work`, and closes it whatever happens. One that is not there is made. */
export async function withState(terminal: Terminal, flags: StateFlags, work: Work): Promise<void> {
  const { openStore } = await import('../../io/state/open-store.ts');
  await closedAfter(await openStore(statePlace(flags, terminal.env)), work);
}

/** The same for what only reads or changes what is there: a state that is not there is an error. */
export async function withExistingState(terminal: Terminal, flags: StateFlags, work: Work): Promise<void> {
  const { openExistingStore } = await import('../../io/state/open-store.ts');
  await closedAfter(await openExistingStore(statePlace(flags, terminal.env)), work);
}

async function closedAfter(store: Store, work: Work): Promise<void> {
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
