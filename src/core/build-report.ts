import type { Problem, Report, ServerReport, Summary } from './report.ts';
import type { UserError } from './user-error.ts';

interface ReportParts {
  /** The version of policylayer that looked. */
  readonly version: string;
  readonly servers: readonly ServerReport[];
  readonly problems: readonly Problem[];
}

/** The report on all servers that were looked at, in the order they were named. */
export function buildReport({ version, servers, problems }: ReportParts): Report {
  return {
    report: 'policylayer/1',
    generator: { name: 'policylayer', version },
    servers: [...servers],
    problems: [...problems],
    summary: summarize(servers, problems),
  };
}

/** A server that could not be listed, as the report records it. */
export function problemOf({ name, target }: { name: string; target: string }, error: UserError): Problem {
  const { code, message, because, hint, serverOutput } = error;
  return { name, target, code, message, cause: because, hint, serverOutput: [...serverOutput] };
}

/** What a report counts. */
export function summarize(servers: readonly ServerReport[], problems: readonly Problem[]): Summary {
  const summary: Summary = {
    servers: servers.length + problems.length,
    failed: problems.length,
    tools: 0,
    categories: { Read: 0, Write: 0, Other: 0 },
    risks: { low: 0, medium: 0, high: 0, critical: 0 },
    needsReview: 0,
    findings: 0,
  };
  for (const { tools, findings } of servers) {
    summary.tools += tools.length;
    summary.findings += findings.length;
    for (const { category, risk, needsReview } of tools) {
      summary.categories[category] += 1;
      summary.risks[risk] += 1;
      if (needsReview) summary.needsReview += 1;
    }
  }
  return summary;
}
