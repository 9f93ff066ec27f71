import { relative } from 'node:path';
import type { LookedAt } from '../../core/clients/inventory.ts';
import type { Machine } from '../../core/clients/machine.ts';
import { printablePath } from '../../core/printable-path.ts';
import { printable } from '../../render/text/printable.ts';
import { type FoundServer, findAllServers } from '../../workflows/find-all-servers.ts';
import type { TargetFlags } from '../options.ts';
import { confirm } from '../terminal/ask.ts';
import type { Terminal } from '../terminal.ts';
import { announcements } from './announcements.ts';
import { sourcesOf, type Targets } from './find-targets.ts';
import { refuseForAll, timeoutWords } from './project-targets.ts';
import { noServerFound, notStarted } from './target-errors.ts';

export interface AllFlags extends TargetFlags {
  /** Nothing is asked, and nothing is left out for want of an answer. */
  readonly yes?: boolean;
}

/**
 * Every server that the clients on this machine hold. A person at a terminal is shown the commands and asked; where
 * nobody can be asked, what came with a project is not started: somebody else may have written it.
 */
export async function findAllTargets(flags: AllFlags, terminal: Terminal): Promise<Targets> {
  refuseForAll(flags);
  const { machine } = terminal;
  const { servers, unreadable } = await findAllServers(machine);
  for (const path of unreadable) terminal.note(unreadableText(path, machine));
  if (servers.length === 0) throw noServerFound();
  const mayStart = (server: FoundServer) => flags.yes === true || server.isOwn || terminal.isInteractive;
  const chosen = servers.filter((server) => !server.isDisabled && mayStart(server));
  const isAsked = terminal.isInteractive && flags.yes !== true && chosen.length > 0;
  const shown = chosen.map((server) => shownText(server, { machine, isAsked }));
  if (isAsked) {
    for (const text of shown.flat()) terminal.note(text);
    if (!(await confirm(terminal, 'Start these and list their tools?'))) throw notStarted();
  }
  const notYours = servers.filter((server) => !server.isDisabled && !mayStart(server));
  return {
    sources: sourcesOf(
      chosen.map(({ spec }) => spec),
      flags,
      terminal.env,
    ),
    announcements: isAsked ? [] : shown.flat(),
    repeatable: ['--all', ...(flags.yes ? ['--yes'] : []), ...timeoutWords(flags)],
    search: {
      leftOut: [
        ...servers
          .filter(({ isDisabled }) => isDisabled)
          .map(({ spec }) => ({ name: spec.name, why: 'disabled' as const })),
        ...notYours.map(({ spec }) => ({ name: spec.name, why: 'not-yours' as const })),
      ],
      isIncomplete: unreadable.length + notYours.length > 0,
    },
  };
}

/** Of what came with a project also where it stands: it is to be looked at. */
function shownText(
  { spec, isOwn, file }: FoundServer,
  { machine, isAsked }: { readonly machine: Machine; readonly isAsked: boolean },
): string[] {
  const from = isOwn ? '' : `  (from ${printable(nearPath(file, machine))})`;
  return announcements([spec], { isAsked }).map((text) => `${text}${from}`);
}

function unreadableText({ path, because = '' }: LookedAt, machine: Machine): string {
  return printable(`error: Could not read ${nearPath(path, machine)}. ${because}`);
}

/** As a person here would type it. */
function nearPath(path: string, { home, workingDirectory }: Machine): string {
  const near = relative(workingDirectory, path);
  return near.startsWith('..') ? printablePath(path, home) : near;
}
