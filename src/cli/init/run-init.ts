import { type Candidate, candidatesOf } from '../../core/init/candidate.ts';
import { writeTogether } from '../../io/files/write-together.ts';
import { planText } from '../../render/init/candidate-text.ts';
import { filesText, foundText } from '../../render/init/init-text.ts';
import { summaryLine } from '../../render/text/counts.ts';
import type { Terminal } from '../terminal.ts';
import { acceptAll, unaskedFor } from './accept-all.ts';
import { noServersFound, noServersLeft, notAgreed, unknownNames } from './errors.ts';
import type { InitFlags } from './flags.ts';
import { initSteps } from './init-steps.ts';
import type { Outcome, Session } from './session.ts';
import { findSetting, type Setting } from './setting.ts';

/** From the configurations of the clients to policies. Nothing is started or written before somebody has agreed to it. */
export async function runInit(flags: InitFlags, terminal: Terminal): Promise<void> {
  const setting = await findSetting(terminal);
  // From here on Ctrl-C is ours, also while a prompt reads the keyboard; until here there is nothing to put back.
  void terminal.signal;
  const color = flags.color && terminal.hasProgressColor;
  terminal.note(foundText(setting.inventory, { home: setting.names.home, color, columns: terminal.columns }));
  const candidates = offered(setting, flags);
  const session = { terminal, flags, setting, candidates, color };
  if (!terminal.isInteractive && !flags.yes) {
    const chosen = unaskedFor(candidates, flags).map(({ name }) => name);
    await terminal.out(planText(candidates, new Set(chosen), setting.names));
    throw notAgreed();
  }
  const outcome = flags.yes ? await acceptAll(session) : await (await import('./talk.ts')).talk(session);
  if (outcome === null) {
    terminal.note('Nothing was written.');
    terminal.exitCode = 1;
    return;
  }
  await write(outcome, session);
}

/** The servers that the options leave. A name that is not there is a slip that must not pass for "nothing to do". */
function offered({ candidates, inventory }: Setting, { clients, servers }: InitFlags): Candidate[] {
  if (candidates.length === 0) throw noServersFound(inventory.paths.length);
  const known = candidates.map(({ name }) => name);
  const knownClients = [...new Set(inventory.paths.map(({ client }) => client))].sort();
  refuseUnknown('--servers', servers ?? [], known);
  refuseUnknown('--clients', clients ?? [], knownClients);
  const left = candidatesOf(candidates, { clients, servers });
  if (left.length === 0) throw noServersLeft([...(clients ?? []), ...(servers ?? [])].join(', '));
  return left;
}

function refuseUnknown(option: string, names: readonly string[], known: readonly string[]): void {
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw unknownNames(option, unknown, known);
}

async function write(outcome: Outcome, { terminal }: Session): Promise<void> {
  const { files, servers, incomplete, summary, leftOut } = outcome;
  const written = await writeTogether(files, { signal: terminal.signal });
  const lines = files.map(({ shownPath, holds, changes }, at) => {
    const became = written[at];
    const kept =
      became?.state === 'replaced'
        ? `; before: ${became.backup.slice((files[at]?.path ?? '').length - shownPath.length)}`
        : '';
    return { path: shownPath, state: became?.state ?? 'unchanged', holds: `${holds}${kept}`, changes };
  });
  await terminal.out(`${filesText(lines)}\n\n${summaryLine(summary, leftOut)}\n`);
  terminal.note(initSteps(servers));
  terminal.exitCode = incomplete ? 2 : 0;
}
