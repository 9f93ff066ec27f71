import { join } from 'node:path';
import { userFolderOf } from './user-folder-of.ts';

/** Where counters, grants, approvals and the audit are kept: what `--state` says, else a file in the user's data folder. */
export function stateOf({ state }: { readonly state?: string }, env: NodeJS.ProcessEnv): string {
  return state ?? join(userFolderOf(env), 'state.db');
}
