import type { Machine } from '../../core/clients/machine.ts';
import { UserError } from '../../core/user-error.ts';
import { readProject } from '../../io/project/read-project.ts';

/** Those that the project does not have: a name that nobody serves is most likely misspelt. */
export async function unknownServers(servers: readonly string[], machine: Machine): Promise<string[]> {
  const project = await readProject(machine).catch(onlyUserError);
  return project === null ? [] : servers.filter((server) => !project.servers.has(server));
}

/** A project file that is broken is told of where it is used. */
function onlyUserError(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}
