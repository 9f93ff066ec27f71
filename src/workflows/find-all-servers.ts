import type { LookedAt } from '../core/clients/inventory.ts';
import { clientSpec, ownEntries } from '../core/project/client-spec.ts';
import type { HttpSpec, StdioSpec } from '../core/server/server-spec.ts';
import { findServers, type Machine } from './find-servers.ts';

export interface FoundServer {
  readonly spec: StdioSpec | HttpSpec;
  readonly isDisabled: boolean;
  /** A configuration of the user or the system holds it, and not only one that came with a project. */
  readonly isOwn: boolean;
  /** The configuration that holds it. */
  readonly file: string;
}

export interface AllServers {
  readonly servers: readonly FoundServer[];
  /** Configurations that could not be read: what they hold was not seen. */
  readonly unreadable: readonly LookedAt[];
}

/** Every server of every client's configuration, and how it is reached. Nothing is started. */
export async function findAllServers(machine: Machine): Promise<AllServers> {
  const { servers, paths } = await findServers(machine);
  return {
    servers: servers.map((known) => {
      const own = ownEntries(known);
      return {
        spec: clientSpec(known, machine.env),
        isDisabled: known.disabled,
        isOwn: own.length > 0,
        file: (own[0] ?? known.holders[0])?.file ?? '',
      };
    }),
    unreadable: paths.filter(({ state }) => state === 'unreadable'),
  };
}
