import { readProject } from '../io/read-project.ts';
import { projectSpecs } from '../workflows/project-specs.ts';
import { announcements } from './announcements.ts';
import { noTarget, optionForNamed } from './cli-errors.ts';
import type { TargetFlags } from './options.ts';
import { sourcesOf, type Targets } from './scan-targets.ts';
import type { Terminal } from './terminal.ts';

/** The servers that the project file names: what `scan` scans where nothing is named. */
export async function findProjectTargets(flags: TargetFlags, terminal: Terminal): Promise<Targets> {
  refuseForAll(flags);
  const project = await readProject(terminal.machine);
  if (project === null) return withoutProject('There is no policylayer.yaml here.');
  if (project.servers.size === 0) return withoutProject(`${project.shownPath} names no servers.`);
  const specs = await projectSpecs(project, terminal.machine);
  return {
    sources: sourcesOf(specs, flags, terminal.env),
    announcements: [`Scanning the servers of ${project.shownPath}.`, ...announcements(specs)],
    repeatable: timeoutWords(flags),
    search: { leftOut: [], isIncomplete: false },
  };
}

/** The one place where a person at a terminal can be led to a project file. */
async function withoutProject(because: string): Promise<never> {
  throw noTarget(because);
}

/** What is for one server must not reach all of them. */
export function refuseForAll({ header, tokenEnv, env, cwd }: TargetFlags): void {
  if (header !== undefined) throw optionForNamed('--header');
  if (tokenEnv !== undefined) throw optionForNamed('--token-env');
  if (env !== undefined) throw optionForNamed('--env');
  if (cwd !== undefined) throw optionForNamed('--cwd');
}

export const timeoutWords = ({ timeout }: TargetFlags): readonly string[] =>
  timeout === undefined ? [] : ['--timeout', String(timeout)];
