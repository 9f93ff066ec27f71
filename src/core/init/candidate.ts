import type { KnownServer } from '../clients/configured-server.ts';
import type { Project, ProjectServer } from '../project/project.ts';

/** A server that the clients of this machine hold, as `init` offers it. */
export interface Candidate {
  /** What the project calls it, or is to call it. */
  readonly name: string;
  readonly server: KnownServer;
  /** What the project file says of it already; null where it does not know it. */
  readonly inProject: ProjectServer | null;
  /** Every configuration that holds it comes with a folder: somebody else may have written it. */
  readonly isForeign: boolean;
}

/** Whether an entry of the project file is a server that a client holds. */
export type IsSameServer = (name: string, entry: ProjectServer, server: KnownServer) => boolean;

/** The servers under the names of the project; one that the project does not know gets a name that is free in it. */
export function findCandidates(
  servers: readonly KnownServer[],
  project: Pick<Project, 'servers'>,
  isSame: IsSameServer,
): Candidate[] {
  const known = servers.map((server) => [...project.servers].find(([name, entry]) => isSame(name, entry, server)));
  const taken = new Set([...project.servers.keys()].map((name) => name.toLowerCase()));
  return servers.map((server, at) => {
    const [name, inProject] = known[at] ?? [freeName(server.name, taken), null];
    taken.add(name.toLowerCase());
    return { name, server, inProject, isForeign: server.holders.every(({ scope }) => scope === 'project') };
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let free = wanted;
  for (let next = 2; taken.has(free.toLowerCase()); next += 1) free = `${wanted}-${next}`;
  return free;
}

/** Whether it can be reached as it is. */
export function isReady({ server }: Candidate): boolean {
  return !server.disabled && server.unresolved.length === 0;
}

/** Whether it is chosen unless a person says otherwise: nothing that somebody else may have written is started unasked. */
export function isPreselected(candidate: Candidate): boolean {
  return isReady(candidate) && !candidate.isForeign;
}

/** Those of some clients, or of some names; both where both are given. */
export function candidatesOf(
  candidates: readonly Candidate[],
  {
    clients,
    servers,
  }: { readonly clients: readonly string[] | undefined; readonly servers: readonly string[] | undefined },
): Candidate[] {
  return candidates.filter(
    ({ name, server }) =>
      (clients === undefined || server.holders.some(({ client }) => clients.includes(client))) &&
      (servers === undefined || servers.includes(name)),
  );
}
