import type { Report } from '../../core/report.ts';

/** The report itself, for programs. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
