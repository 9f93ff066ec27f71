import { basename, join } from 'node:path';
import type { Inventory } from '../../core/clients/inventory.ts';
import { type Candidate, findCandidates } from '../../core/init/candidate.ts';
import type { Project } from '../../core/project/project.ts';
import { placeOutside } from '../../io/files/real-place.ts';
import { PROJECT_FILE } from '../../io/project/find-project.ts';
import { projectBehindLink } from '../../io/project/project-errors.ts';
import { readProject, readProjectText } from '../../io/project/read-project.ts';
import type { CandidateNames } from '../../render/init/candidate-text.ts';
import { findServers } from '../../workflows/find-servers.ts';
import type { Terminal } from '../terminal.ts';

/** What there is before anybody decides: the servers of the clients, and the project they go into. */
export interface Setting {
  readonly inventory: Inventory;
  readonly candidates: readonly Candidate[];
  readonly names: CandidateNames;
  readonly project: {
    /** Absolute; there may be no file yet. */
    readonly path: string;
    readonly directory: string;
    readonly servers: Project['servers'];
    /** Null where there is no file. */
    readonly text: string | null;
  };
}

/** Reads the configurations of the clients and the project file. Starts nothing, connects to nothing. */
export async function findSetting(terminal: Terminal): Promise<Setting> {
  const { machine } = terminal;
  const { home, workingDirectory } = machine;
  const [inventory, project] = await Promise.all([findServers(machine), readProject(machine)]);
  const directory = project?.directory ?? workingDirectory;
  const path = project?.path ?? join(directory, PROJECT_FILE);
  const outside = await placeOutside(path, directory);
  if (outside !== null) throw projectBehindLink(project?.shownPath ?? PROJECT_FILE, outside);
  return {
    inventory,
    candidates: findCandidates(inventory.servers, project ?? { servers: new Map() }, machine.env),
    names: { home, clients: new Map(inventory.paths.map(({ client, clientName }) => [client, clientName])) },
    project: {
      path,
      directory,
      servers: project?.servers ?? new Map(),
      text: project === null ? null : await readProjectText(project.path, basename(project.path)),
    },
  };
}
