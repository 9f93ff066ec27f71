import { clientSpec } from '../core/project/client-spec.ts';
import type { NamedServers } from '../core/server/parse-targets.ts';
import type { HttpSpec, StdioSpec } from '../core/server/server-spec.ts';
import { readProject } from '../io/project/read-project.ts';
import { findServers, type Machine } from './find-servers.ts';
import { projectSpecs } from './project-specs.ts';

/**
 * What words stand for that may be names of servers: in the project file, else in a client's configuration, which is read
 * only then. A word that is no name is left out; the names that could have been meant come with them.
 */
export async function findNamedServers(words: readonly string[], machine: Machine): Promise<NamedServers> {
  const project = await readProject(machine);
  const names = [...(project?.servers.keys() ?? [])];
  const specs = new Map<string, StdioSpec | HttpSpec>();
  if (project !== null)
    for (const spec of await projectSpecs(project, machine, { names: names.filter((name) => words.includes(name)) }))
      specs.set(spec.name, spec);
  if (words.every((word) => specs.has(word))) return { specs, names };
  const { servers } = await findServers(machine);
  for (const word of words) {
    const known =
      servers.find(({ name }) => name === word) ??
      servers.find(({ holders }) => holders.some(({ name }) => name === word));
    if (known !== undefined && !specs.has(word)) specs.set(word, clientSpec(known, machine.env));
  }
  return { specs, names: [...new Set([...names, ...servers.map(({ name }) => name)])] };
}
