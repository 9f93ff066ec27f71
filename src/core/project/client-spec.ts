import type { ConfiguredServer, KnownServer } from '../clients/configured-server.ts';
import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import { projectServerOf } from './project-server-of.ts';
import { resolveServer } from './resolve.ts';

/** The entries of a server that its user made and uses: not those that a project brought along, nor those switched off. */
export function ownEntries({ holders }: KnownServer): ConfiguredServer[] {
  const own = holders.filter(({ isBroughtAlong, disabled }) => !isBroughtAlong && !disabled);
  // One that holds everywhere comes before one that is for a single folder.
  const isNarrow = ({ scope }: ConfiguredServer): number => Number(scope === 'project');
  return own.sort((a, b) => a.unresolved.length - b.unresolved.length || isNarrow(a) - isNarrow(b));
}

/**
 * How a server of the clients' configurations is reached. Where its user has an entry of it, nothing is taken from a
 * project's: the same command with another environment can be made to do anything. `env` has values for what its clients
 * could not fill in; what they could comes first, as it does for them.
 */
export function clientSpec(
  server: KnownServer,
  env: Readonly<Record<string, string | undefined>>,
): StdioSpec | HttpSpec {
  const own = ownEntries(server);
  const [entry] = own.length > 0 ? own : server.holders;
  const held = entry ?? server;
  const template = projectServerOf(server.name, held);
  const complete = resolveServer(server.name, template, { env: {}, held: [held] });
  const lacks = complete.filledIn?.missing.length !== 0;
  const spec = lacks ? resolveServer(server.name, template, { env, held: [held] }) : complete;
  if (spec.kind === 'http' || spec.cwd !== undefined || entry?.project === undefined) return spec;
  return { ...spec, cwd: entry.project };
}
