/** The report for a person at a terminal. */
import { Chalk, type ChalkInstance } from 'chalk';
import { summarize } from '../../core/build-report.ts';
import type { Classification } from '../../core/classification.ts';
import type { Finding } from '../../core/finding.ts';
import type { Report, ServerReport } from '../../core/report.ts';
import type { Risk } from '../../core/verdict.ts';
import { plural, summaryLine, toolCounts } from '../text/counts.ts';
import { riskPaints } from '../text/risk-paints.ts';
import { ruleWords } from '../text/rule-words.ts';
import { type Cell, type Column, renderTable } from '../text/table.ts';
import { toolName } from '../text/tool-name.ts';
import { worstFirst } from '../text/worst-first.ts';
import { wrap } from '../text/wrap.ts';
import { groupFindings } from './finding-groups.ts';
import type { RenderOptions } from './renderer.ts';
import { serverHeading } from './server-heading.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Tool', shrinksTo: 16 },
  { title: 'Category', dispensable: 2 },
  { title: 'Risk' },
  { title: 'Effects', shrinksTo: 9, dispensable: 1 },
  { title: 'Recommended' },
];

type Paint = (text: string) => string;

/** Per server a table, worst first, what else was noticed, and the counts; then what to do next. */
export function renderText(report: Report, { color, columns, nextSteps, leftOut }: RenderOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const { servers, summary } = report;
  const last = summary.servers > 1 || leftOut !== undefined ? summaryLine(summary, leftOut) : null;
  // Where one server was listed, the last line counts what it has as well.
  const isAlone = servers.length === 1 && last !== null;
  const sections = servers.map((server) => [
    ...renderServer(server, chalk, columns),
    isAlone ? last : toolCounts(summarize([server], [])),
  ]);
  if (!isAlone && last !== null) sections.push([last]);
  if (nextSteps.length > 0) sections.push(['Next', ...nextSteps.map((step) => `  ${step}`)]);
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function renderServer(server: ServerReport, chalk: ChalkInstance, width: number | null): string[] {
  const paints = riskPaints(chalk);
  const rows = worstFirst(server.tools).map((tool) => rowOf(tool, paints[tool.risk]));
  const table = renderTable(COLUMNS, rows, { width, paintTitle: chalk.dim });
  return [
    serverHeading(server, chalk),
    '',
    ...(rows.length === 0 ? [] : [...table, '']),
    ...findingLines(server.findings, { paints, width }),
  ];
}

function rowOf(tool: Classification, paint: Paint): Cell[] {
  const text = [toolName(tool.name), tool.category, tool.risk, tool.effects.join(', '), ruleWords(tool)];
  return text.map((text, at) => (at === 2 ? { text, paint } : { text }));
}

interface Shown {
  readonly paints: Readonly<Record<Risk, Paint>>;
  /** Null where a line may have any length, since a program may read it. */
  readonly width: number | null;
}

function findingLines(findings: readonly Finding[], { paints, width }: Shown): string[] {
  if (findings.length === 0) return [];
  const { groups, leftOut } = groupFindings(findings);
  const paintLevel = { error: paints.critical, warning: paints.high, note: paints.low };
  const lines = groups.flatMap(({ level, code, message, tools }) => {
    const text = `${level}: ${tools === '' ? '' : `${tools}: `}${message} [${code}]`;
    const [head = '', ...rest] = width === null ? [text] : wrap(text, { width, first: '', rest: '  ' });
    return [head.replace(level, paintLevel[level](level)), ...rest];
  });
  return [...lines, ...(leftOut > 0 ? [`and ${plural(leftOut, 'more finding')}: --json shows all`] : []), ''];
}
