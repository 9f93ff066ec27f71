import type { CatalogEntry } from './catalog-entry.ts';
import type { ServerIdentity } from './knowledge.ts';

/** An entry that describes a server, and whether that rests on how the server was reached or only on what it calls itself. */
export interface Recognised {
  readonly entry: CatalogEntry;
  readonly proven: boolean;
}

/** The entry for a server, preferring one recognised by package or host over one by its claimed name. */
export function recognise(server: ServerIdentity, entries: readonly CatalogEntry[]): Recognised | null {
  const host = server.url === undefined ? undefined : hostOf(server.url);
  const proven = entries.find(
    ({ recognise: { packages, hosts } }) =>
      (server.package !== undefined && packages.includes(server.package)) ||
      (host !== undefined && hosts.includes(host)),
  );
  if (proven !== undefined) return { entry: proven, proven: true };
  const { claimedName } = server;
  const claimed =
    claimedName === undefined ? undefined : entries.find(({ recognise: { names } }) => names.includes(claimedName));
  return claimed === undefined ? null : { entry: claimed, proven: false };
}

function hostOf(url: string): string | undefined {
  return /^https?:\/\/(?:[^/?#@]*@)?([^/:?#]+)/i.exec(url)?.[1]?.toLowerCase();
}
