/** The clients on a machine, their servers and findings, for a person at a terminal. */
import { Chalk, type ChalkInstance } from 'chalk';
import type { InventoryReport } from '../../core/clients/inventory-report.ts';
import { plural } from '../text/counts.ts';
import { printable } from '../text/printable.ts';
import { type Cell, type Column, renderTable } from '../text/table.ts';
import { wrap } from '../text/wrap.ts';
import { configFindingLines } from './config-finding-lines.ts';
import type { InventoryOptions } from './inventory-renderer.ts';

const MAX_COLUMNS = 100;

type LookedAt = InventoryReport['paths'][number];
type Server = InventoryReport['servers'][number];

const PATH_COLUMNS: readonly Column[] = [{ title: 'Client' }, { title: 'Config', shrinksTo: 20 }, { title: 'Holds' }];
const SERVER_COLUMNS: readonly Column[] = [
  { title: 'Server', shrinksTo: 12 },
  { title: 'Reached by', shrinksTo: 24 },
  { title: 'Held by', shrinksTo: 16 },
];

export function renderInventoryText(report: InventoryReport, { color, columns, all }: InventoryOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const { paths, servers, findings } = report;
  const shown = all ? paths : paths.filter(({ state }) => state !== 'absent');
  const prose = Math.min(columns ?? MAX_COLUMNS, MAX_COLUMNS);
  const table = (titles: readonly Column[], rows: readonly Cell[][]): string[] =>
    rows.length === 0 ? [] : renderTable(titles, rows, { width: columns, paintTitle: chalk.dim });
  const sections = [
    table(PATH_COLUMNS, pathRows(shown, chalk, { withId: all })),
    all ? [] : wrap(absentText(paths), { width: prose, first: '' }),
    table(
      SERVER_COLUMNS,
      servers.map((server) => serverRow(server, chalk)),
    ),
    configFindingLines(findings, chalk, { width: prose }),
    [summaryText(report)],
  ];
  return sections
    .filter((lines) => lines.length > 0 && lines[0] !== '')
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** A client is named once; with the id that --clients takes, where somebody looks for it. */
function pathRows(paths: readonly LookedAt[], chalk: ChalkInstance, { withId }: { withId: boolean }): Cell[][] {
  return paths.map(({ client, clientName, path, ...looked }, at) => [
    { text: paths[at - 1]?.client === client ? '' : withId ? `${clientName} (${client})` : clientName },
    { text: printable(path, { maxChars: 200 }) },
    stateCell(looked, chalk),
  ]);
}

function stateCell(
  { state, servers, because }: Omit<LookedAt, 'client' | 'clientName' | 'path'>,
  chalk: ChalkInstance,
): Cell {
  if (state === 'unreadable') return { text: printable(`unreadable: ${because ?? ''}`), paint: chalk.red };
  if (state === 'absent') return { text: 'absent', paint: chalk.dim };
  return { text: state === 'empty' ? 'no servers' : plural(servers, 'server') };
}

function absentText(paths: readonly LookedAt[]): string {
  const present = new Set(paths.filter(({ state }) => state !== 'absent').map(({ client }) => client));
  const without = paths.filter(({ client }) => !present.has(client));
  const names = [...new Set(without.map(({ clientName }) => clientName))];
  if (names.length === 0) return '';
  return `Nothing at the ${plural(without.length, 'path')} of ${names.join(', ')} (--all shows them).`;
}

function serverRow({ name, target, disabled, unresolved, holders }: Server, chalk: ChalkInstance): Cell[] {
  const needs = unresolved.length === 0 ? '' : ` (lacks ${unresolved.join(', ')})`;
  const text = [
    printable(disabled ? `${name} (disabled)` : name),
    printable(target + needs, { maxChars: 160 }),
    printable([...new Set(holders.map(holderText))].join(', ')),
  ];
  return text.map((text) => (disabled ? { text, paint: chalk.dim } : { text }));
}

function holderText({ clientName, scope, project, behindGateway }: Server['holders'][number]): string {
  const where = scope === 'project' && project !== null ? `${clientName} in ${project}` : clientName;
  return behindGateway ? `${where} (behind the gateway)` : where;
}

function summaryText({ summary }: InventoryReport): string {
  const { paths, configs, unreadable, servers, disabled, findings } = summary;
  const found = [
    plural(configs, 'config'),
    ...(unreadable > 0 ? [`${unreadable} unreadable`] : []),
    disabled > 0 ? `${plural(servers, 'server')} (${disabled} disabled)` : plural(servers, 'server'),
  ];
  const counts = (['error', 'warning', 'note'] as const).filter((level) => findings[level] > 0);
  const levels = counts.map((level) => plural(findings[level], level)).join(', ');
  return `looked at ${plural(paths, 'path')}: ${found.join(', ')}; ${levels === '' ? 'no findings' : levels}`;
}
