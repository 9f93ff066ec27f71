/** What `init` says between its questions. */
import { Chalk } from 'chalk';
import { summarize } from '../../core/build-report.ts';
import type { Inventory } from '../../core/clients/inventory.ts';
import type { Finding } from '../../core/finding.ts';
import type { ToolReview } from '../../core/policy/recommend/review.ts';
import { printablePath, withoutHome } from '../../core/printable-path.ts';
import type { ServerReport } from '../../core/report.ts';
import { configFindingLines } from '../inventory/config-finding-lines.ts';
import { plural, toolCounts } from '../text/counts.ts';
import { pad } from '../text/display-width.ts';
import { listed } from '../text/listed.ts';
import { printable } from '../text/printable.ts';
import { toolName } from '../text/tool-name.ts';

const MAX_NAMED = 5;
const MAX_CLIENTS = 12;
const MAX_COLUMNS = 100;

/** What was found on the machine, and what is wrong with it. */
export function foundText(
  { paths, servers, findings }: Inventory,
  { home, color, columns }: { readonly home: string; readonly color: boolean; readonly columns: number | null },
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const holding = paths.filter(({ state }) => state === 'found');
  const clients = [...new Set(holding.map(({ clientName }) => clientName))];
  const broken = paths.filter(({ state }) => state === 'unreadable');
  const shown = findings.map(({ file, message, server = null, ...finding }) => ({
    ...finding,
    ...{ file: printablePath(file, home), message: withoutHome(message, home), server },
  }));
  const found = [
    `Found ${plural(servers.length, 'server')} in ${plural(holding.length, 'configuration')}${clients.length === 0 ? '' : ` of ${listed(clients, { most: MAX_CLIENTS })}`}.`,
    ...broken.map(
      ({ path, because }) => `Could not read ${printablePath(path, home)}: ${because ?? 'no reason given'}`,
    ),
  ].map((line) => printable(line, { maxChars: 600 }));
  const width = Math.min(columns ?? MAX_COLUMNS, MAX_COLUMNS);
  return [
    ...found,
    ...configFindingLines(shown, chalk, { width, most: MAX_NAMED, shownBy: '"policylayer clients"' }),
  ].join('\n');
}

/** "memory: 9 tools: 3 read, 6 write; ...", with what stands out. */
export function scannedText({
  report,
  reviews,
  gone,
}: {
  readonly report: ServerReport;
  readonly reviews: readonly ToolReview[];
  readonly gone: readonly string[];
}): string {
  const named = (standing: ToolReview['standing']): string[] =>
    reviews.filter((review) => review.standing === standing).map(({ verdict }) => toolName(verdict.name));
  const isFirst = reviews.every(({ standing }) => standing === 'new');
  const lines = [
    `${report.name}: ${toolCounts(summarize([report], []))}`,
    ...report.findings
      .filter(({ level }) => level !== 'note')
      .slice(0, MAX_NAMED)
      .map(findingLine),
    ...namesLine('new', isFirst ? [] : named('new')),
    ...namesLine('changed since they were decided about', named('changed')),
    ...namesLine('no longer offered, and still in the policy', gone),
  ];
  return lines.map((line) => printable(line, { maxChars: 600 })).join('\n');
}

/** Who names a preset may expect it to hold for everything. */
export function presetText(preset: string, decided: number): string {
  const stay =
    decided === 1 ? 'One that was decided about before stays' : `${decided} that were decided about before stay`;
  return `The preset "${preset}" is for tools that are new or changed. ${stay} as decided; "policylayer init" without a preset shows them.`;
}

function namesLine(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [`  ${what}: ${listed(names, { most: MAX_NAMED })}`];
}

function findingLine({ level, tool, message }: Finding): string {
  return `  ${level}: ${tool === null ? '' : `${tool}: `}${message}`;
}

/** One file that will be written, or was. */
export interface FileLine {
  readonly path: string;
  readonly state: string;
  readonly holds: string;
  /** What becomes of it, line by line. */
  readonly changes?: readonly string[];
}

const MAX_CHANGES = 12;

/** Files in columns. */
export function filesText(files: readonly FileLine[]): string {
  const widths = [
    Math.max(...files.map(({ path }) => path.length)),
    Math.max(...files.map(({ state }) => state.length)),
  ];
  return files
    .flatMap(({ path, state, holds, changes = [] }) => [
      `  ${pad(path, widths[0] ?? 0)}  ${pad(state, widths[1] ?? 0)}  ${holds}`.trimEnd(),
      ...changes.slice(0, MAX_CHANGES).map((change) => `      ${change}`),
      ...(changes.length > MAX_CHANGES ? [`      and ${changes.length - MAX_CHANGES} more`] : []),
    ])
    .join('\n');
}
