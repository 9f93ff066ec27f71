import { readProject } from '../../io/project/read-project.ts';
import { projectSpecs } from '../../workflows/project-specs.ts';
import type { ReportFlags, TargetFlags } from '../options.ts';
import type { Terminal } from '../terminal.ts';
import { announcements } from './announcements.ts';
import { sourcesOf, type Targets } from './find-targets.ts';
import { noTarget, optionForNamed } from './target-errors.ts';

type ProjectFlags = TargetFlags & Pick<ReportFlags, 'catalog' | 'color'>;

/**
 * The servers that the project file names: what `scan` scans where nothing is named. Null where there is no such file,
 * and a person chose to make one instead.
 */
export async function findProjectTargets(flags: ProjectFlags, terminal: Terminal): Promise<Targets | null> {
  refuseForAll(flags);
  const project = await readProject(terminal.machine);
  if (project === null) return initInstead('There is no policylayer.yaml here.', flags, terminal);
  if (project.servers.size === 0) return initInstead(`${project.shownPath} names no servers.`, flags, terminal);
  const specs = await projectSpecs(project, terminal.machine);
  return {
    sources: sourcesOf(specs, flags, terminal.env),
    announcements: [`Scanning the servers of ${project.shownPath}.`, ...announcements(specs)],
    repeatable: timeoutWords(flags),
    search: { leftOut: [], isIncomplete: false },
  };
}

async function initInstead(because: string, flags: ProjectFlags, terminal: Terminal): Promise<null> {
  if (!terminal.isInteractive) throw noTarget(because);
  const { confirm } = await import('../terminal/ask.ts');
  if (!(await confirm(terminal, `${because} Choose servers now, as "policylayer init" does?`))) throw noTarget(because);
  const { runInit } = await import('../init/run-init.ts');
  const { catalog, color, timeout } = flags;
  await runInit({ format: 'yaml', catalog, color, ...(timeout !== undefined && { timeout }) }, terminal);
  return null;
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
