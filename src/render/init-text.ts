/** What `init` says between its questions. */
import { summarize } from '../core/build-report.ts';
import type { Inventory } from '../core/clients/inventory.ts';
import type { Finding } from '../core/finding.ts';
import type { ToolReview } from '../core/policy/review.ts';
import { printablePath } from '../core/printable-path.ts';
import type { ServerReport } from '../core/report.ts';
import { plural, toolCounts } from './counts.ts';
import { pad } from './display-width.ts';
import { printable } from './printable.ts';
import { toolName } from './tool-name.ts';

const MAX_NAMED = 5;

/** What was found on the machine, and what is wrong with it. */
export function foundText({ paths, servers, findings }: Inventory, home: string): string {
  const holding = paths.filter(({ state }) => state === 'found');
  const clients = [...new Set(holding.map(({ clientName }) => clientName))];
  const broken = paths.filter(({ state }) => state === 'unreadable');
  const grave = findings.filter(({ level }) => level !== 'note');
  return [
    `Found ${plural(servers.length, 'server')} in ${plural(holding.length, 'configuration')}${clients.length === 0 ? '' : ` of ${clients.join(', ')}`}.`,
    ...broken.map(
      ({ path, because }) => `Could not read ${printablePath(path, home)}: ${because ?? 'no reason given'}`,
    ),
    ...grave
      .slice(0, MAX_NAMED)
      .map(({ level, file, line, message }) => `${level}: ${printablePath(file, home)}:${line}: ${message}`),
    ...(grave.length > MAX_NAMED ? [`and ${grave.length - MAX_NAMED} more: "policylayer clients" shows all.`] : []),
  ]
    .map((line) => printable(line, { maxChars: 600 }))
    .join('\n');
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

function namesLine(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return [`  ${what}: ${names.slice(0, MAX_NAMED).join(', ')}${more}`];
}

function findingLine({ level, tool, message }: Finding): string {
  return `  ${level}: ${tool === null ? '' : `${tool}: `}${message}`;
}

/** One file that will be written, or was. */
export interface FileLine {
  readonly path: string;
  readonly state: string;
  readonly holds: string;
}

/** Files in columns. */
export function filesText(files: readonly FileLine[]): string {
  const widths = [
    Math.max(...files.map(({ path }) => path.length)),
    Math.max(...files.map(({ state }) => state.length)),
  ];
  return files
    .map(({ path, state, holds }) =>
      `  ${pad(path, widths[0] ?? 0)}  ${pad(state, widths[1] ?? 0)}  ${holds}`.trimEnd(),
    )
    .join('\n');
}
