import { summarize } from '../../core/build-report.ts';
import type { Knowledge } from '../../core/classify/knowledge.ts';
import type { Candidate } from '../../core/init/candidate.ts';
import { gapsIn } from '../../core/listing/incomplete-listing.ts';
import { parseReviewed } from '../../core/policy/recommend/reviewed-record.ts';
import type { Problem, Summary } from '../../core/report.ts';
import { packageVersion } from '../../io/package-version.ts';
import { sourceOf } from '../../io/tools/source-of.ts';
import { candidateTarget } from '../../render/init/candidate-text.ts';
import { scannedText } from '../../render/init/init-text.ts';
import { serverCounts } from '../../render/text/counts.ts';
import { printable } from '../../render/text/printable.ts';
import type { PolicyPlace } from '../../workflows/find-policy.ts';
import { type ReviewedServer, reviewServers } from '../../workflows/review-servers.ts';
import { gapText, problemText } from '../error-text.ts';
import { personAt } from '../terminal/person-at.ts';
import type { Terminal } from '../terminal.ts';
import { userFolderOf } from '../user-folder-of.ts';
import { nothingListed } from './errors.ts';
import type { InitFlags } from './flags.ts';

/** A server that a person agreed to scan, and its policy as it is. */
export interface Chosen {
  readonly candidate: Candidate;
  readonly place: PolicyPlace;
}

export interface ScanChosenOptions {
  readonly terminal: Terminal;
  readonly flags: InitFlags;
  readonly knowledge: Knowledge;
}

export interface Scanned {
  readonly servers: readonly ReviewedServer[];
  /** A server could not be listed, or not wholly. */
  readonly incomplete: boolean;
  readonly summary: Summary;
}

/** Lists the servers side by side, and says of each what came of it. Throws UserError where none could be listed. */
export async function scanChosen(chosen: readonly Chosen[], options: ScanChosenOptions): Promise<Scanned> {
  const { terminal, flags, knowledge } = options;
  for (const { candidate } of chosen) terminal.note(startText(candidate));
  const userFolder = userFolderOf(terminal.env);
  const live = terminal.isInteractive ? await watch(chosen, options) : null;
  const { servers, problems } = await reviewServers(
    chosen.map(({ candidate: { spec, inProject }, place }) => ({
      source: sourceOf(spec, { timeoutMs: flags.timeout && flags.timeout * 1000, userFolder }),
      earlier: {
        policy: place.existing?.policy ?? null,
        reviewed: inProject?.reviewed === undefined ? null : parseReviewed(inProject.reviewed),
      },
    })),
    {
      knowledge,
      version: packageVersion(),
      signal: terminal.signal,
      ...(live !== null && { onProgress: live.tell, onFailure: live.fail }),
      // Where nobody is to be asked, nobody is asked to sign in either.
      ...(live !== null && !flags.yes && { person: personAt(terminal, live) }),
    },
  ).finally(() => live?.stop());
  const gaps = servers.flatMap(({ report }) => gapsIn(report.findings).map((gap) => gapText(report.name, gap)));
  for (const text of [...failureTexts(problems), ...gaps]) terminal.note(text);
  for (const server of servers) terminal.note(scannedText(server));
  if (servers.length === 0) throw nothingListed();
  const summary = summarize(
    servers.map(({ report }) => report),
    problems,
  );
  // What failed may have filled the screen.
  if (live !== null && problems.length > 0) terminal.note(`${serverCounts(summary)}.`);
  return { servers, incomplete: gaps.length + problems.length > 0, summary };
}

/** Failures with what each server said last, unless that would be more than a screen. */
const MAX_WITH_OUTPUT = 3;

function failureTexts(problems: readonly Problem[]): string[] {
  if (problems.length <= MAX_WITH_OUTPUT) return problems.map(problemText);
  return problems.map((problem) => problemText({ ...problem, serverOutput: [] }));
}

/** What is done now, with the names of the values that go there. */
function startText(candidate: Candidate): string {
  const { kind, filledIn } = candidate.spec;
  const given = filledIn === undefined || filledIn.given.length === 0 ? '' : `, with ${filledIn.given.join(', ')}`;
  return `${kind === 'stdio' ? 'Starting' : 'Connecting to'}: ${candidateTarget(candidate)}${printable(given)}`;
}

async function watch(chosen: readonly Chosen[], { terminal, flags }: ScanChosenOptions) {
  const { startLiveLines } = await import('../terminal/live-lines.ts');
  const servers = chosen.map(({ candidate }) => candidate.name);
  return startLiveLines(terminal, { servers, color: flags.color && terminal.hasProgressColor });
}
