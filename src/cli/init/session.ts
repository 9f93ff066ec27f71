import type { Candidate } from '../../core/init/candidate.ts';
import { findPolicies } from '../../workflows/find-policy.ts';
import { findKnowledge } from '../find-knowledge.ts';
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
  readonly color: boolean;
}

/** What was decided, and whether all servers could be listed. */
export interface Outcome {
  readonly files: readonly PlannedFile[];
  /** The names of the servers that were listed. */
  readonly servers: readonly string[];
  readonly incomplete: boolean;
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
  return scanChosen(chosen, { terminal, flags, knowledge: await findKnowledge(flags, terminal) });
}

/** What the decisions come to. */
export async function outcomeOf(
  decided: readonly DecidedServer[],
  chosen: readonly Chosen[],
  { servers, incomplete }: Scanned,
  { setting, terminal }: Session,
): Promise<Outcome> {
  const files = await plannedFiles(decided, chosen, { setting, workingDirectory: terminal.workingDirectory });
  return { files, servers: servers.map(({ report }) => report.name), incomplete };
}
