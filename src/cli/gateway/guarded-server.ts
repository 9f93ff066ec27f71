import { resolve } from 'node:path';
import type { HttpSpec, ServerSpec, StdioSpec } from '../../core/server/server-spec.ts';
import type { PolicyPlace } from '../../gateway/live-policy.ts';
import { type ProjectFile, readProject, readProjectAt } from '../../io/project/read-project.ts';
import { projectSpecs } from '../../workflows/project-specs.ts';
import type { TargetFlags } from '../options.ts';
import type { CommandLine } from '../targets/command-line.ts';
import { findSpecs } from '../targets/find-targets.ts';
import type { Terminal } from '../terminal.ts';
import { noPolicyToEnforce, noServerToGuard } from './gateway-errors.ts';

export interface GuardFlags extends TargetFlags {
  readonly config?: string;
  readonly server?: string;
  readonly policy?: string;
}

/** A server to stand in front of, and the policy to hold it to. */
export interface GuardedServer {
  /** What the audit and the counters call it. */
  readonly name: string;
  readonly spec: StdioSpec | HttpSpec;
  readonly policy: PolicyPlace;
}

/** What a command line says about one server. Nothing is started yet. */
export async function findGuardedServer(line: CommandLine<GuardFlags>, terminal: Terminal): Promise<GuardedServer> {
  const { words, afterDashes, flags } = line;
  const isNamed = words.length + afterDashes.length > 0;
  if (isNamed && flags.config !== undefined) throw noServerToGuard('Beside --config, which names them, one was given.');
  const { machine } = terminal;
  const path = flags.config === undefined ? null : resolve(machine.workingDirectory, flags.config);
  const project = (): Promise<ProjectFile | null> =>
    path === null ? readProject(machine) : readProjectAt(path, flags.config ?? path);
  const specs = isNamed ? await findSpecs(line, terminal) : await specsOf(await project(), flags, terminal);
  const spec = reachable(specs);
  const name = flags.server ?? spec.name;
  return { name, spec, policy: await policyOf(name, flags.policy, { machine, project }) };
}

async function specsOf(
  project: ProjectFile | null,
  { server }: GuardFlags,
  { machine }: Terminal,
): Promise<readonly ServerSpec[]> {
  if (project === null) throw noServerToGuard('None was named, and there is no policylayer.yaml here.');
  const names = server === undefined ? [...project.servers.keys()] : [server];
  const specs = await projectSpecs(project, machine, { names });
  if (specs.length === 0)
    throw noServerToGuard(`${project.shownPath} has no server ${JSON.stringify(names[0] ?? '')}.`);
  return specs;
}

function reachable(specs: readonly ServerSpec[]): StdioSpec | HttpSpec {
  const [spec, ...others] = specs;
  if (spec === undefined) throw noServerToGuard('No server was named.');
  if (others.length > 0) throw noServerToGuard(`It can be one only, and there are ${specs.length}.`);
  if (spec.kind === 'file') throw noServerToGuard(`"${spec.path}" is a list of tools.`);
  const { missing = [] } = spec.filledIn ?? {};
  if (missing.length > 0) throw noServerToGuard(`"${spec.name}" has no value for ${missing.join(', ')}.`);
  return spec;
}

/** The file that is named, else what the project file says, now and whenever it is changed. */
export async function policyOf(
  server: string,
  named: string | undefined,
  { machine, project }: { readonly machine: Terminal['machine']; readonly project: () => Promise<ProjectFile | null> },
): Promise<PolicyPlace> {
  if (named !== undefined) {
    const path = resolve(machine.workingDirectory, named);
    return { beside: [], find: async () => path };
  }
  const found = await project();
  if (found === null) throw noPolicyToEnforce('There is no --policy, and no policylayer.yaml here.');
  const find = async (): Promise<string> => {
    const now = await project();
    const policy = now?.servers.get(server)?.policy;
    if (now === null || policy === undefined)
      throw noPolicyToEnforce(`There is no --policy, and ${found.shownPath} names none for "${server}".`);
    return resolve(now.directory, policy);
  };
  return { beside: [found.path], find };
}
