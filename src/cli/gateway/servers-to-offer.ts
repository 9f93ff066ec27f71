import { resolve } from 'node:path';
import type { HttpSpec, StdioSpec } from '../../core/server/server-spec.ts';
import type { ServerToOffer } from '../../gateway/http/offered-server.ts';
import { readProject, readProjectAt } from '../../io/project/read-project.ts';
import { projectSpecs } from '../../workflows/project-specs.ts';
import type { CommandLine } from '../targets/command-line.ts';
import { refuseForAll } from '../targets/project-targets.ts';
import type { Terminal } from '../terminal.ts';
import { noServerToGuard } from './gateway-errors.ts';
import { findGuardedServer, type GuardFlags, policyOf } from './guarded-server.ts';
import { environmentOf } from './server-environment.ts';

/** The server that a command line names, else all of the project file. Nothing is started yet. */
export async function findServersToOffer(line: CommandLine<GuardFlags>, terminal: Terminal): Promise<ServerToOffer[]> {
  const { words, afterDashes, flags } = line;
  const offered = (spec: StdioSpec | HttpSpec): Pick<ServerToOffer, 'spec' | 'env'> => ({
    spec,
    env: spec.kind === 'http' ? {} : environmentOf(spec, {}, terminal),
  });
  if (words.length + afterDashes.length > 0 || flags.server !== undefined) {
    const { name, spec, policy } = await findGuardedServer(line, terminal);
    return [{ name, ...offered(spec), policy, trouble: null }];
  }
  refuseForAll(flags);
  const { machine } = terminal;
  const path = flags.config === undefined ? null : resolve(machine.workingDirectory, flags.config);
  const read = () => (path === null ? readProject(machine) : readProjectAt(path, flags.config ?? path));
  const project = await read();
  if (project === null) throw noServerToGuard('None was named, and there is no policylayer.yaml here.');
  if (project.servers.size === 0) throw noServerToGuard(`${project.shownPath} names no servers.`);
  const specs = await projectSpecs(project, machine);
  return Promise.all(
    specs.map(async (spec) => {
      const { missing = [] } = spec.filledIn ?? {};
      const policy = await policyOf(spec.name, flags.policy, { machine, project: read });
      const trouble = missing.length > 0 ? `It has no value for ${missing.join(', ')}.` : null;
      return { name: spec.name, ...offered(spec), policy, trouble };
    }),
  );
}
