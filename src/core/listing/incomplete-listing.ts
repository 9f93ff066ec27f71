import type { Finding } from '../finding.ts';
import type { Report } from '../report.ts';

/** Findings that say a list of tools is not whole. What was not seen could be anything. */
const INCOMPLETE_CODES: ReadonlySet<string> = new Set(['line-unreadable', 'one-of-several-pages', 'pages-cut']);

/** What says that a server's list is not whole. */
export function gapsIn(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ code }) => INCOMPLETE_CODES.has(code));
}

/** Whether something that was asked for was not seen: a server without a list, or a list that is not whole. */
export function isIncomplete({ servers, problems }: Pick<Report, 'servers' | 'problems'>): boolean {
  return problems.length > 0 || servers.some(({ findings }) => gapsIn(findings).length > 0);
}
