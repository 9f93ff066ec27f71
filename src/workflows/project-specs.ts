import { resolve } from 'node:path';
import type { ConfiguredServer } from '../core/clients/configured-server.ts';
import type { HeldServer } from '../core/project/opened-spec.ts';
import type { ProjectServer } from '../core/project/project.ts';
import { resolveServer } from '../core/project/resolve.ts';
import type { HttpSpec, StdioSpec } from '../core/server/server-spec.ts';
import type { ProjectFile } from '../io/project/read-project.ts';
import { findServers, type Machine } from './find-servers.ts';

/**
 * How the servers of a project file are reached, their values put in. The clients' configurations are read only where
 * the environment lacks one. A server whose value is nowhere says so in its spec.
 */
export async function projectSpecs(
  { servers, directory }: ProjectFile,
  machine: Machine,
  { names = [...servers.keys()] }: { readonly names?: readonly string[] } = {},
): Promise<(StdioSpec | HttpSpec)[]> {
  const resolveAll = (heldFor: (server: ProjectServer) => readonly HeldServer[]) =>
    names.flatMap((name) => {
      const server = servers.get(name);
      if (server === undefined) return [];
      return [startedIn(directory, resolveServer(name, server, { env: machine.env, held: heldFor(server) }))];
    });
  const specs = resolveAll(() => []);
  if (specs.every(({ filledIn }) => filledIn?.missing.length === 0)) return specs;
  const holders = (await findServers(machine)).servers.flatMap((known) => known.holders);
  return resolveAll(({ clients = [] }) => {
    const order = ({ client, scope }: ConfiguredServer): number =>
      (clients.includes(client) ? 0 : 1) + (scope === 'project' ? 2 : 0);
    return [...holders].sort((a, b) => order(a) - order(b));
  });
}

/** Paths in a project file are relative to it, wherever in the project somebody works. */
function startedIn(directory: string, spec: StdioSpec | HttpSpec): StdioSpec | HttpSpec {
  return spec.kind === 'http' ? spec : { ...spec, cwd: resolve(directory, spec.cwd ?? '.') };
}
