import type { ChalkInstance } from 'chalk';
import type { InventoryReport } from '../../core/clients/inventory-report.ts';
import { plural } from '../text/counts.ts';
import { listed } from '../text/listed.ts';
import { printable } from '../text/printable.ts';
import { riskPaints } from '../text/risk-paints.ts';
import { wrap } from '../text/wrap.ts';

type ConfigFinding = InventoryReport['findings'][number];

const LEVEL_ORDER: Readonly<Record<ConfigFinding['level'], number>> = { error: 0, warning: 1, note: 2 };
const MAX_GROUPS = 20;
const MAX_NAMES = 4;
const MAX_NAME_CHARS = 80;
/** A path is worth nothing without its end, where the line is. */
const MAX_PLACE_CHARS = 400;

interface FindingLineOptions {
  readonly width: number;
  /** How many to show; those that say the same count as one. */
  readonly most?: number;
  /** Who shows the rest. */
  readonly shownBy?: string;
}

/** Findings that say the same stand together, the most serious first, with the places where they are. */
export function configFindingLines(
  findings: readonly ConfigFinding[],
  chalk: ChalkInstance,
  { width, most = MAX_GROUPS, shownBy = '--json' }: FindingLineOptions,
): string[] {
  const groups = new Map<string, ConfigFinding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.level, finding.code, finding.message]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const sorted = [...groups.values()].sort((a, b) => orderOf(a) - orderOf(b));
  const lines = sorted.slice(0, most).flatMap((group) => groupLines(group, chalk, width));
  const more = sorted.length - most;
  return more > 0 ? [...lines, `and ${plural(more, 'more finding')}: ${shownBy} shows all`] : lines;
}

const orderOf = ([first]: readonly ConfigFinding[]): number => LEVEL_ORDER[first?.level ?? 'note'];

function groupLines(group: readonly ConfigFinding[], chalk: ChalkInstance, width: number): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { level, code, owasp, message } = first;
  const paints = riskPaints(chalk);
  const paint = { error: paints.critical, warning: paints.high, note: paints.low }[level];
  const servers = namesOf(
    group.flatMap(({ server }) => (server === null ? [] : [server])),
    MAX_NAME_CHARS,
  );
  const about = servers === '' ? '' : `${servers}: `;
  const tag = owasp === null ? code : `${code}, ${owasp}`;
  const [head = '', ...rest] = wrap(printable(`${level}: ${about}${message} [${tag}]`, { maxChars: 600 }), {
    width,
    first: '',
    rest: '  ',
  });
  const places = wrap(
    namesOf(
      group.map(({ file, line }) => `${file}:${line}`),
      MAX_PLACE_CHARS,
    ),
    {
      width,
      first: '    ',
    },
  );
  return [head.replace(level, paint(level)), ...rest, ...places.map((line) => chalk.dim(line))];
}

function namesOf(names: readonly string[], maxChars: number): string {
  const printed = [...new Set(names)].map((name) => printable(name, { maxChars }));
  return listed(printed, { most: MAX_NAMES });
}
