import { type Candidate, whyNotPreselected } from '../../core/init/candidate.ts';
import type { LeftOut } from '../../core/listing/left-out.ts';
import type { Summary } from '../../core/report.ts';
import { presetText } from '../../render/init/init-text.ts';
import { findPolicies } from '../../workflows/find-policy.ts';
import { findKnowledge } from '../scan/find-knowledge.ts';
import type { Terminal } from '../terminal.ts';
import type { DecidedServer } from './decide.ts';
import type { InitFlags } from './flags.ts';
import { type PlannedFile, plannedFiles } from './outcome.ts';
import { type Chosen, type Scanned, scanChosen } from './scan-chosen.ts';
import type { Setting } from './setting.ts';

/** What every step of `init` works with. */
export interface Session {
  readonly terminal: Terminal;
  readonly flags: InitFlags;
  readonly setting: Setting;
  /** The servers that may be chosen. */
  readonly candidates: readonly Candidate[];
  readonly color: boolean;
}

/** What was decided, and whether all servers could be listed. */
export interface Outcome {
  readonly files: readonly PlannedFile[];
  /** The names of the servers that were listed. */
  readonly servers: readonly string[];
  readonly incomplete: boolean;
  readonly summary: Summary;
  readonly leftOut: readonly LeftOut[];
}

/** The servers beside their policies as they are. Throws UserError where one cannot be used. */
export async function withPolicies(candidates: readonly Candidate[], { setting, flags }: Session): Promise<Chosen[]> {
  const { directory, servers } = setting.project;
  const places = await findPolicies(
    candidates.map(({ name }) => name),
    { servers, directory, format: flags.format },
  );
  return candidates.map((candidate, at) => ({ candidate, place: places[at] as Chosen['place'] }));
}

export async function scan(chosen: readonly Chosen[], { terminal, flags }: Session): Promise<Scanned> {
  const scanned = await scanChosen(chosen, { terminal, flags, knowledge: await findKnowledge(flags, terminal) });
  const settled = scanned.servers.flatMap(({ reviews }) => reviews.filter(({ standing }) => standing === 'decided'));
  if (flags.preset !== undefined && settled.length > 0) terminal.note(presetText(flags.preset, settled.length));
  return scanned;
}

/** What the decisions come to. */
export async function outcomeOf(
  decided: readonly DecidedServer[],
  chosen: readonly Chosen[],
  { servers, incomplete, summary }: Scanned,
  session: Session,
): Promise<Outcome> {
  const { setting, terminal } = session;
  const files = await plannedFiles(decided, chosen, { setting, workingDirectory: terminal.workingDirectory });
  const names = servers.map(({ report }) => report.name);
  return { files, servers: names, incomplete, summary, leftOut: leftOutOf(chosen, session) };
}

/** What a person at the terminal left out was not chosen, unless it could not have been. */
function leftOutOf(chosen: readonly Chosen[], { candidates, flags }: Session): LeftOut[] {
  const taken = new Set(chosen.map(({ candidate }) => candidate));
  return candidates
    .filter((candidate) => !taken.has(candidate))
    .map((candidate) => {
      const why = whyNotPreselected(candidate) ?? 'not-chosen';
      return { name: candidate.name, why: why === 'not-named' && !flags.yes ? 'not-chosen' : why };
    });
}
