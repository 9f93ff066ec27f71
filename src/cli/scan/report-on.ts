import { gapsIn } from '../../core/listing/incomplete-listing.ts';
import type { LeftOut } from '../../core/listing/left-out.ts';
import type { Report } from '../../core/report.ts';
import { packageVersion } from '../../io/package-version.ts';
import type { ToolSource } from '../../io/tools/tool-source.ts';
import { loadRenderer } from '../../render/report/format.ts';
import { scan } from '../../workflows/scan.ts';
import { exitCode, outcomeOf } from '../exit-code.ts';
import { formatOf, type ReportFlags } from '../options.ts';
import { withProgress } from '../terminal/with-progress.ts';
import type { Terminal } from '../terminal.ts';
import { findKnowledge } from './find-knowledge.ts';
import type { Repeatable } from './next-steps.ts';

export interface ReportContext {
  readonly terminal: Terminal;
  readonly run: Repeatable;
  /** What is said just before anything is started. */
  readonly announcements: readonly string[];
  readonly nameServers: boolean;
  /** Where servers are scanned: the last line counts those that were found. */
  readonly search?: Search;
}

export interface Search {
  readonly leftOut: readonly LeftOut[];
  /** Some that were asked for could not be seen, or were not looked at for want of a word from a person. */
  readonly isIncomplete: boolean;
}

/**
 * Lists, judges, prints and writes: what `scan` and `classify` have in common.
 * Whatever a run may not need is loaded where it is needed, since loading is most of what a short run takes.
 */
export async function reportOn(
  sources: readonly ToolSource[],
  flags: ReportFlags,
  context: ReportContext,
): Promise<void> {
  const { terminal } = context;
  if (formatOf(flags) === 'policy' && sources.length > 1) throw (await import('../usage-errors.ts')).severalPolicies();
  const names = sources.map(({ name }) => name);
  const writer = flags.output === undefined ? null : await import('./policy-writer.ts');
  const writePolicies = await writer?.openPolicyWriter(flags, names, terminal);
  const knowledge = await findKnowledge(flags, terminal);
  for (const announcement of context.announcements) terminal.note(announcement);
  const report = await withProgress(terminal, { servers: sources.length, color: flags.color }, (progress) =>
    scan(sources, { knowledge, version: packageVersion(), signal: terminal.signal, ...progress }),
  );
  await print(report, flags, context);
  await tellWhatIsMissing(report, terminal);
  // The text format ends with it.
  if (context.search !== undefined && formatOf(flags) !== 'text') {
    const { summaryLine } = await import('../../render/text/counts.ts');
    terminal.note(summaryLine(report.summary, context.search.leftOut));
  }
  const { worst, incomplete } = outcomeOf(report);
  terminal.exitCode = exitCode(
    { worst, incomplete: incomplete || context.search?.isIncomplete === true },
    flags.failOn,
  );
  await writePolicies?.(report.servers);
}

async function print(report: Report, flags: ReportFlags, context: ReportContext): Promise<void> {
  const { terminal, run, nameServers, search } = context;
  const format = formatOf(flags);
  const render = await loadRenderer(format);
  const steps = format === 'text' ? await import('./next-steps.ts') : null;
  const text = render(report, {
    color: flags.color && terminal.hasColor,
    columns: terminal.columns,
    nextSteps: steps?.nextSteps(report, run, { wrote: flags.output !== undefined }) ?? [],
    nameServers,
    ...(search !== undefined && { leftOut: search.leftOut }),
  });
  await terminal.out(text);
}

/** On stderr in every format: it is the reason for the exit code. */
async function tellWhatIsMissing({ servers, problems }: Report, terminal: Terminal): Promise<void> {
  const gaps = servers.flatMap(({ name, target, transport, findings }) =>
    gapsIn(findings).map((gap) => ({ name: transport === 'file' ? target : name, gap })),
  );
  if (gaps.length + problems.length === 0) return;
  const { gapText, problemText } = await import('../error-text.ts');
  for (const { name, gap } of gaps) terminal.note(gapText(name, gap));
  for (const problem of problems) terminal.note(problemText(problem));
}
