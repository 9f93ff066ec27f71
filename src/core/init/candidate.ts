import type { ConfiguredServer, KnownServer } from '../clients/configured-server.ts';
import { isSameServer } from '../clients/identity.ts';
import type { LeftOutReason } from '../listing/left-out.ts';
import { clientSpec, ownEntries } from '../project/client-spec.ts';
import type { Project, ProjectServer } from '../project/project.ts';
import { writtenSpec } from '../project/written-spec.ts';
import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';

/** A server that the clients of this machine hold, as `init` offers it. */
export interface Candidate {
  /** What the project calls it, or is to call it. */
  readonly name: string;
  readonly server: KnownServer;
  /** How it is reached; says what it lacks. Print what was filled in, never the spec. */
  readonly spec: StdioSpec | HttpSpec;
  /** The entry that it is reached by: the person's own, where there is one. */
  readonly held: ConfiguredServer | KnownServer;
  /** What the project file says of it already; null where it does not know it. */
  readonly inProject: ProjectServer | null;
  /** The client it was taken from reaches it by another command or address now, as with a newer version. */
  readonly isReachedAnew: boolean;
  /** The configurations that hold it come with a folder: somebody else may have written them. */
  readonly isForeign: boolean;
}

/** The servers under the names of the project; one that the project does not know gets a name that is free in it. */
export function findCandidates(
  servers: readonly KnownServer[],
  { servers: entries }: Pick<Project, 'servers'>,
  env: Readonly<Record<string, string | undefined>>,
): Candidate[] {
  const same = servers.map(({ spec }) =>
    [...entries].find(([name, entry]) => isSameServer(writtenSpec(name, entry), spec)),
  );
  const gone = new Map([...entries].filter(([name]) => !same.some((known) => known?.[0] === name)));
  const taken = new Set([...entries.keys()].map((name) => name.toLowerCase()));
  return servers.map((server, at) => {
    const anew = same[at] === undefined ? takenFrom(server, gone) : null;
    const [name, inProject] = same[at] ?? (anew === null ? [freeName(server.name, taken), null] : [server.name, anew]);
    taken.add(name.toLowerCase());
    const [own] = ownEntries(server);
    return {
      name,
      server,
      spec: { ...clientSpec(server, env), name },
      held: own ?? server,
      inProject,
      isReachedAnew: anew !== null,
      isForeign: own === undefined && server.holders.some(({ isBroughtAlong }) => isBroughtAlong),
    };
  });
}

/** What the project took under this name from a client that holds it still; an entry written by hand names no client. */
function takenFrom({ name, holders }: KnownServer, gone: ReadonlyMap<string, ProjectServer>): ProjectServer | null {
  const entry = gone.get(name);
  return entry?.clients?.some((id) => holders.some(({ client }) => client === id)) ? entry : null;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let free = wanted;
  for (let next = 2; taken.has(free.toLowerCase()); next += 1) free = `${wanted}-${next}`;
  return free;
}

/** The names of the values that are nowhere. */
export function lacks({ spec }: Pick<Candidate, 'spec'>): readonly string[] {
  return spec.filledIn?.missing ?? [];
}

/** Whether it is chosen unless a person says otherwise: nothing that somebody else may have written is started unasked. */
export function isPreselected(candidate: Candidate): boolean {
  return whyNotPreselected(candidate) === null;
}

/** Why it is not scanned where nobody is asked; null where it is. */
export function whyNotPreselected(candidate: Candidate): LeftOutReason | null {
  if (candidate.server.disabled) return 'disabled';
  if (lacks(candidate).length > 0) return 'values-missing';
  return candidate.isForeign ? 'not-named' : null;
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
