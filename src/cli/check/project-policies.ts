import { relative, resolve } from 'node:path';
import { type ProjectFile, readProject } from '../../io/project/read-project.ts';
import { printable } from '../../render/text/printable.ts';
import type { PolicyToCheck } from '../../workflows/check-policies.ts';
import { projectSpecs } from '../../workflows/project-specs.ts';
import { announcements } from '../targets/announcements.ts';
import { sourcesOf } from '../targets/find-targets.ts';
import { refuseForAll } from '../targets/project-targets.ts';
import type { Terminal } from '../terminal.ts';
import { noPolicy } from './check-errors.ts';
import type { CheckFlags } from './check-flags.ts';

export interface ToCheck {
  readonly policies: readonly PolicyToCheck[];
  /** What will be started, printable. */
  readonly announcements: readonly string[];
}

/** Every policy that the project file names, with its server: what `check` checks where nothing is named. */
export async function policiesOfProject(flags: CheckFlags, terminal: Terminal): Promise<ToCheck> {
  refuseForAll(flags);
  const project = await readProject(terminal.machine);
  if (project === null) throw noPolicy('There is no file among the arguments, and no policylayer.yaml here.');
  const named = policiesIn(project);
  if (named.length === 0) throw noPolicy(`${project.shownPath} names no policy.`);
  const without = [...project.servers.keys()].filter((name) => named.every((each) => each.server !== name));
  const { workingDirectory } = terminal.machine;
  const { policies, announcements: started } = await withServers(
    project,
    named.map(({ server, path }) => ({ server, path, file: relative(workingDirectory, path) })),
    flags,
    terminal,
  );
  const untold = without.length === 0 ? [] : [printable(`No policy is named for ${without.join(', ')}.`)];
  return { policies, announcements: [`Checking the policies of ${project.shownPath}.`, ...untold, ...started] };
}

/** Policy files, each with the server that the project file names it for; where it does not, the file alone. */
export async function policiesByProject(
  files: readonly string[],
  flags: CheckFlags,
  terminal: Terminal,
): Promise<ToCheck> {
  const project = flags.server ? await readProject(terminal.machine) : null;
  const named = project === null ? [] : policiesIn(project);
  const wanted = files.flatMap((file): Wanted[] => {
    const path = resolve(terminal.machine.workingDirectory, file);
    const servers = named.filter((each) => each.path === path);
    return servers.length === 0
      ? [{ server: null, path, file }]
      : servers.map(({ server }) => ({ server, path, file }));
  });
  if (project === null) return { policies: wanted.map((each) => ({ ...each, source: null })), announcements: [] };
  return withServers(project, wanted, flags, terminal);
}

function policiesIn({ servers, directory }: ProjectFile): { server: string; path: string }[] {
  return [...servers].flatMap(([server, { policy }]) =>
    policy === undefined ? [] : [{ server, path: resolve(directory, policy) }],
  );
}

interface Wanted {
  readonly server: string | null;
  readonly path: string;
  readonly file: string;
}

async function withServers(
  project: ProjectFile,
  wanted: readonly Wanted[],
  flags: CheckFlags,
  terminal: Terminal,
): Promise<ToCheck> {
  const names = flags.server ? [...new Set(wanted.flatMap(({ server }) => (server === null ? [] : [server])))] : [];
  const specs = await projectSpecs(project, terminal.machine, { names });
  const sources = new Map(sourcesOf(specs, flags, terminal.env).map((source, at) => [specs[at]?.name, source]));
  return {
    policies: wanted.map(({ server, path, file }) => ({ path, file, source: sources.get(server ?? '') ?? null })),
    announcements: announcements(specs),
  };
}
