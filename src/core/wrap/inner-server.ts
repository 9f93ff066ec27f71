import type { ConfiguredServer } from '../clients/configured-server.ts';
import { placeholder } from '../project/placeholder.ts';
import type { ProjectServer } from '../project/project.ts';
import { resolveServer } from '../project/resolve.ts';
import { stdioSpec } from '../server/stdio-spec.ts';
import type { GatewayTarget } from './gateway-command.ts';

/** An entry that runs behind the gateway as the server that is behind it: its values are those the entry's environment has. */
export function innerServer(entry: ConfiguredServer, behind: GatewayTarget, server: ProjectServer): ConfiguredServer {
  const env = entry.spec.kind === 'stdio' ? entry.spec.env : {};
  const { filledIn, ...spec } = resolveServer(entry.name, server, { env, held: [] });
  const { command = '', args = [], env: variables = {}, cwd, url, headers = {} } = server;
  const written =
    url === undefined
      ? stdioSpec({ name: entry.name, command, args, env: variables, ...(cwd !== undefined && { cwd }) })
      : ({ kind: 'http', name: entry.name, url, headers } as const);
  const unresolved = [...entry.unresolved, ...(filledIn?.missing ?? []).map(placeholder)];
  return { ...entry, spec, written, unresolved: [...new Set(unresolved)], behind };
}
