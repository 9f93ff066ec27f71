import { FINDING_LEVELS } from '../../core/finding.ts';
import type { CheckReport } from '../../core/policy/check/check-report.ts';
import { packageVersion } from '../../io/package-version.ts';
import { checkPolicies } from '../../workflows/check-policies.ts';
import type { ExitCode } from '../exit-code.ts';
import type { CommandLine } from '../targets/command-line.ts';
import { withProgress } from '../terminal/with-progress.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckFlags } from './check-flags.ts';
import { policiesToCheck } from './policies-to-check.ts';

/** Checks policies and prints what is wrong with them; what could not be checked goes to stderr as well. */
export async function runCheck(line: CommandLine<CheckFlags>, terminal: Terminal): Promise<void> {
  const { flags } = line;
  const { policies, announcements } = await policiesToCheck(line, terminal);
  for (const announcement of announcements) terminal.note(announcement);
  const servers = policies.filter(({ source }) => source !== null).length;
  // Ctrl-C is taken over only where a server has to be ended: reading a pipe that nobody writes to would outlast it.
  const signal = servers === 0 ? new AbortController().signal : terminal.signal;
  const check = (progress: object) => checkPolicies(policies, { version: packageVersion(), signal, ...progress });
  const report = servers === 0 ? await check({}) : await withProgress(terminal, { servers, color: flags.color }, check);
  await terminal.out(await rendered(report, flags, terminal));
  terminal.exitCode = checkExitCode(report, flags.failOn);
  if (report.summary.failed === 0) return;
  const { problemText, unseenText } = await import('../error-text.ts');
  for (const problem of report.problems) terminal.note(problemText(problem));
  for (const { file, server } of report.policies)
    if (server?.complete === false) terminal.note(unseenText(file, server.name));
}

async function rendered(report: CheckReport, flags: CheckFlags, terminal: Terminal): Promise<string> {
  if (flags.json || flags.format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  const { renderCheckText } = await import('../../render/policy/check-text.ts');
  return renderCheckText(report, { color: flags.color && terminal.hasColor });
}

/** A problem counts more than what could not be checked: that could only add to it. */
function checkExitCode({ policies, summary }: CheckReport, failOn: CheckFlags['failOn']): ExitCode {
  const counts = FINDING_LEVELS.slice(FINDING_LEVELS.indexOf(failOn));
  const isReached = policies.some(({ problems }) => problems.some(({ level }) => counts.includes(level)));
  if (isReached) return 1;
  return summary.failed > 0 ? 2 : 0;
}
