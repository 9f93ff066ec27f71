import { resolve } from 'node:path';
import type { PolicyPlace } from '../gateway/live-policy.ts';
import { type ProjectFile, readProject, readProjectAt } from '../io/read-project.ts';
import { noPolicyToEnforce } from './cli-errors.ts';
import type { Terminal } from './terminal.ts';

/** Where the policy of a server stands: the file that is named, else what the project file says, now and whenever it is changed. */
export async function policyToEnforce(
  { machine }: Pick<Terminal, 'machine'>,
  server: string,
  { policy: named, config }: { readonly policy?: string; readonly config?: string },
): Promise<PolicyPlace> {
  if (named !== undefined) {
    const path = resolve(machine.workingDirectory, named);
    return { beside: [], find: async () => path };
  }
  const read = (): Promise<ProjectFile | null> =>
    config === undefined ? readProject(machine) : readProjectAt(resolve(machine.workingDirectory, config), config);
  const project = await read();
  if (project === null) throw noPolicyToEnforce('There is no --policy, and no policylayer.yaml here.');
  const find = async (): Promise<string> => {
    const now = await read();
    const policy = now?.servers.get(server)?.policy;
    if (now === null || policy === undefined)
      throw noPolicyToEnforce(`There is no --policy, and policylayer.yaml names none for "${server}".`);
    return resolve(now.directory, policy);
  };
  return { beside: [project.path], find };
}
