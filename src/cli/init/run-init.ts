import { type Candidate, candidatesOf, isPreselected } from '../../core/init/candidate.ts';
import { writeTogether } from '../../io/write-together.ts';
import { planText } from '../../render/candidate-text.ts';
import { filesText, foundText } from '../../render/init-text.ts';
import { findPolicy } from '../../workflows/find-policy.ts';
import { findKnowledge } from '../find-knowledge.ts';
import type { Terminal } from '../terminal.ts';
import { ask, BACK } from './ask.ts';
import { type DecidedServer, decideByPreset } from './decide.ts';
import { noServersFound, noServersLeft, notAgreed, nothingChosen, unknownNames } from './errors.ts';
import type { InitFlags } from './flags.ts';
import { initSteps } from './init-steps.ts';
import { type PlannedFile, plannedFiles, plannedLines } from './outcome.ts';
import { type Chosen, type Scanned, scanChosen } from './scan-chosen.ts';
import { findSetting, type Setting } from './setting.ts';

interface Session {
  readonly terminal: Terminal;
  readonly flags: InitFlags;
  readonly setting: Setting;
  readonly color: boolean;
}

/** What was decided, and whether all servers could be listed. */
interface Outcome {
  readonly files: readonly PlannedFile[];
  /** The names of the servers that were listed. */
  readonly servers: readonly string[];
  readonly incomplete: boolean;
}

/** From the configurations of the clients to policies. Nothing is started or written before somebody has agreed to it. */
export async function runInit(flags: InitFlags, terminal: Terminal): Promise<void> {
  // From here on Ctrl-C is ours, also while a prompt reads the keyboard.
  void terminal.signal;
  const setting = await findSetting(terminal);
  terminal.note(foundText(setting.inventory, setting.names.home));
  const candidates = offered(setting, flags);
  const session = { terminal, flags, setting, color: flags.color && terminal.hasProgressColor };
  if (!terminal.isInteractive && !flags.yes) {
    const chosen = unaskedFor(candidates, flags).map(({ name }) => name);
    await terminal.out(planText(candidates, new Set(chosen), setting.names));
    throw notAgreed();
  }
  const outcome = flags.yes ? await acceptAll(candidates, session) : await talk(candidates, session);
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

/** What is scanned where nobody is asked: what was named, else what is ready and the person's own. */
function unaskedFor(candidates: readonly Candidate[], { servers }: InitFlags): readonly Candidate[] {
  return servers === undefined ? candidates.filter(isPreselected) : candidates;
}

async function acceptAll(candidates: readonly Candidate[], session: Session): Promise<Outcome> {
  const { flags, setting, terminal } = session;
  const wanted = unaskedFor(candidates, flags);
  const skipped = candidates.filter((candidate) => !wanted.includes(candidate));
  if (skipped.length > 0) terminal.note(planText(skipped, new Set(), setting.names).trimEnd());
  if (wanted.length === 0) throw nothingChosen();
  const chosen = await withPolicies(wanted, session);
  const scanned = await scan(chosen, session);
  const decided = scanned.servers.map((server) => decideByPreset(server, flags.preset ?? 'recommended'));
  return outcomeOf(scanned, await planned(decided, chosen, session));
}

/** Asks from question to question; null where the person leaves. */
async function talk(candidates: readonly Candidate[], session: Session): Promise<Outcome | null> {
  const { chooseServers } = await import('./choose-servers.ts');
  for (;;) {
    const answer = await chooseServers(candidates, session.setting.names, session);
    if (answer === BACK) continue;
    const chosen = await withPolicies(answer, session);
    const scanned = await scan(chosen, session);
    const outcome = await talkAbout(scanned, chosen, session);
    if (outcome !== BACK) return outcome;
  }
}

const outcomeOf = ({ servers, incomplete }: Scanned, files: readonly PlannedFile[]): Outcome => ({
  files,
  servers: servers.map(({ report }) => report.name),
  incomplete,
});

async function talkAbout(scanned: Scanned, chosen: readonly Chosen[], session: Session) {
  const [{ chooseMode }, { decideByReview }] = await Promise.all([import('./choose-mode.ts'), import('./decide.ts')]);
  const { preset } = session.flags;
  const reviews = scanned.servers.flatMap((server) => server.reviews);
  for (;;) {
    const mode = preset === undefined ? await chooseMode(reviews, session) : ({ kind: 'preset', preset } as const);
    if (mode === BACK) return BACK;
    const decided =
      mode.kind === 'preset'
        ? scanned.servers.map((server) => decideByPreset(server, mode.preset))
        : await decideByReview(scanned.servers, mode, session);
    if (decided === BACK) continue;
    const files = await planned(decided, chosen, session);
    const answer = await agree(files, session);
    if (answer === 'write') return outcomeOf(scanned, files);
    if (answer === 'leave') return null;
    if (preset !== undefined) return BACK;
  }
}

async function agree(files: readonly PlannedFile[], { terminal, color }: Session) {
  const { selectOne } = await import('./inquirer.ts');
  terminal.note(`\nWhat will be written\n${filesText(plannedLines(files))}\n`);
  return ask(terminal, { color }, (context) =>
    selectOne<'write' | 'leave'>(context, {
      message: 'Write this?',
      pageSize: 4,
      choices: [
        { value: 'write', name: 'Yes, write it' },
        { value: 'leave', name: 'No, leave everything as it is' },
      ],
    }),
  );
}

function withPolicies(candidates: readonly Candidate[], { setting, flags }: Session): Promise<Chosen[]> {
  const { directory } = setting.project;
  return Promise.all(
    candidates.map(async (candidate) => ({
      candidate,
      place: await findPolicy(candidate.name, candidate.inProject?.policy, { directory, format: flags.format }),
    })),
  );
}

async function scan(chosen: readonly Chosen[], { terminal, flags }: Session): Promise<Scanned> {
  return scanChosen(chosen, { terminal, flags, knowledge: await findKnowledge(flags, terminal) });
}

function planned(decided: readonly DecidedServer[], chosen: readonly Chosen[], { setting, terminal }: Session) {
  return plannedFiles(decided, chosen, { setting, workingDirectory: terminal.workingDirectory });
}

async function write({ files, servers, incomplete }: Outcome, { terminal }: Session): Promise<void> {
  const written = await writeTogether(files);
  const lines = files.map(({ shownPath, holds }, at) => {
    const became = written[at];
    const kept =
      became?.state === 'replaced'
        ? `; before: ${became.backup.slice((files[at]?.path ?? '').length - shownPath.length)}`
        : '';
    return { path: shownPath, state: became?.state ?? 'unchanged', holds: `${holds}${kept}` };
  });
  await terminal.out(`${filesText(lines)}\n`);
  terminal.note(initSteps(files, servers));
  terminal.exitCode = incomplete ? 2 : 0;
}
