import { isAbsolute } from 'node:path';
import { gatewayNotReady } from '../../core/clients/config-finding.ts';
import type { ConfiguredServer } from '../../core/clients/configured-server.ts';
import type { ConfigRead } from '../../core/clients/read-config.ts';
import { placeholdersIn } from '../../core/project/placeholder.ts';
import { UserError } from '../../core/user-error.ts';
import { type GatewayTarget, gatewayTargetOf } from '../../core/wrap/gateway-command.ts';
import { innerServer } from '../../core/wrap/inner-server.ts';
import { type ProjectFile, readProjectAt } from '../../io/project/read-project.ts';

/** What was read, with the servers behind the gateway in the place of the entries that run it. */
export async function withInnerServers({ servers, findings }: ConfigRead): Promise<ConfigRead> {
  const projects = new Map<string, Promise<ProjectFile | null>>();
  const opened = await Promise.all(
    servers.map(async (entry) => {
      const target = gatewayTargetOf(entry.spec);
      if (target === null) return { entry, isLost: false };
      const { config } = target;
      if (!projects.has(config)) projects.set(config, readIfThere(config));
      const server = (await projects.get(config))?.servers.get(target.server);
      if (server?.policy === undefined) return { entry: { ...entry, behind: target }, isLost: !entry.disabled };
      return { entry: innerServer(entry, target, server), isLost: false };
    }),
  );
  const lost = opened.filter(({ isLost }) => isLost).map(({ entry }) => entry);
  return {
    servers: opened.map(({ entry }) => entry),
    findings: [...findings, ...lost.map(lostFinding)],
  };
}

/** The names of the values that the project file of an entry leaves open; null where it cannot be read. */
export async function askedBy({ config, server: name }: GatewayTarget): Promise<readonly string[] | null> {
  const server = (await readIfThere(config))?.servers.get(name);
  return server === undefined ? null : placeholdersIn(JSON.stringify(server));
}

/** A path that is not absolute is looked for where the client runs, and nobody knows where that is. */
async function readIfThere(path: string): Promise<ProjectFile | null> {
  if (!isAbsolute(path)) return null;
  try {
    return await readProjectAt(path, path);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const lostFinding = ({ client, file, line, name }: ConfiguredServer) => ({
  ...gatewayNotReady(),
  ...{ client, file, line, server: name },
});
