/** The report for a pull request or an issue. */
import { summarize } from '../../core/build-report.ts';
import type { Report, ServerReport } from '../../core/report.ts';
import { plural, serverCounts, toolCounts } from '../text/counts.ts';
import { code, escaped } from '../text/markdown-text.ts';
import { ruleWords } from '../text/rule-words.ts';
import { worstFirst } from '../text/worst-first.ts';
import { groupFindings } from './finding-groups.ts';

const TITLES = ['Tool', 'Category', 'Risk', 'Effects', 'Recommended'];

/** A section a server; servers that could not be listed come last, with the reason. */
export function renderMarkdown(report: Report): string {
  const { servers, problems, summary } = report;
  const sections = [
    ...servers.map(renderServer),
    ...problems.map(({ name, message, cause, hint }) => [
      `## ${escaped(name)}`,
      '',
      `**${escaped(message)}** ${escaped(cause)} ${escaped(hint)}`,
    ]),
    ...(summary.servers > 1 ? [[`${serverCounts(summary)}; ${toolCounts(summary)}`]] : []),
  ];
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function renderServer(server: ServerReport): string[] {
  const { groups, leftOut } = groupFindings(server.findings);
  const rows = worstFirst(server.tools).map((tool) => [
    code(tool.name),
    tool.category,
    tool.risk,
    tool.effects.join(', '),
    ruleWords(tool),
  ]);
  const findings = groups.map(
    ({ level, code: id, message, tools }) =>
      `- ${level}: ${tools === '' ? '' : `${escaped(tools)}: `}${escaped(message)} (${id})`,
  );
  return [
    `## ${escaped(server.name)}`,
    '',
    ...(rows.length === 0 ? [] : [...[TITLES, TITLES.map(() => '---'), ...rows].map(row), '']),
    ...findings,
    ...(leftOut > 0 ? [`- and ${plural(leftOut, 'more finding')}`] : []),
    ...(findings.length > 0 ? [''] : []),
    toolCounts(summarize([server], [])),
  ];
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
