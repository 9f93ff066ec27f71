/** The lines of the screen on which a person decides about the tools of a server. */
import { Chalk } from 'chalk';
import type { ToolReview } from '../../core/policy/recommend/review.ts';
import type { ToolEntry } from '../../core/policy/recommend/tool-entry.ts';
import { RISKS, type Risk } from '../../core/verdict.ts';
import { plural } from '../text/counts.ts';
import { cut, displayWidth, pad } from '../text/display-width.ts';
import { escapeInvisible, printable } from '../text/printable.ts';
import { riskPaints } from '../text/risk-paints.ts';
import { toolName } from '../text/tool-name.ts';
import { treatmentCounts, treatmentWords } from '../text/treatment-words.ts';
import { worstFirst } from '../text/worst-first.ts';
import { wrap } from '../text/wrap.ts';
import { keyLines } from './keys-text.ts';

/** A line of the list: a tool, or the risk that those below it have. */
export type ReviewLine =
  | { readonly kind: 'risk'; readonly risk: Risk; readonly tools: number }
  | { readonly kind: 'tool'; readonly review: ToolReview };

/** The tools, worst first, under their risks. */
export function reviewLines(reviews: readonly ToolReview[]): ReviewLine[] {
  const byName = new Map(reviews.map((review) => [review.verdict.name, review]));
  const sorted = worstFirst(reviews.map(({ verdict }) => verdict));
  return RISKS.toReversed().flatMap((risk): ReviewLine[] => {
    const group = sorted.filter((verdict) => verdict.risk === risk);
    if (group.length === 0) return [];
    const tools = group.map(({ name }): ReviewLine => ({ kind: 'tool', review: byName.get(name) as ToolReview }));
    return [{ kind: 'risk', risk, tools: group.length }, ...tools];
  });
}

export interface ScreenOptions {
  readonly color: boolean;
  readonly columns: number;
}

const TREATMENT_COLUMNS = 14;
const MAX_NAME_COLUMNS = 44;
/** What is left for the class, where the screen has room for more than a name. */
const CLASS_COLUMNS = 24;
const MIN_CLASS_COLUMNS = 8;

/** How wide the names are shown: as wide as the widest, as far as the screen allows. */
export function nameColumns(lines: readonly ReviewLine[], columns: number): number {
  const widest = lines.map((line) => (line.kind === 'tool' ? displayWidth(toolName(line.review.verdict.name)) : 0));
  const room = columns - TREATMENT_COLUMNS - 4 - (columns < 60 ? 0 : CLASS_COLUMNS);
  return Math.max(8, Math.min(MAX_NAME_COLUMNS, room, Math.max(...widest)));
}

/** One line of the list, never wider than the screen. */
export function reviewLineText(
  line: ReviewLine,
  {
    entry,
    isActive,
    names,
  }: { readonly entry: ToolEntry | undefined; readonly isActive: boolean; readonly names: number },
  { color, columns }: ScreenOptions,
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  if (line.kind === 'risk') return ` ${riskPaints(chalk)[line.risk](cut(`${line.risk} (${line.tools})`, columns - 2))}`;
  const { verdict, standing } = line.review;
  const note = standing === 'changed' ? 'changed since you decided' : verdict.needsReview ? 'look at this one' : '';
  const effects = [verdict.class, ...verdict.effects.filter((effect) => effect !== verdict.class.toLowerCase())];
  const about = [note, effects.join(', ')].filter((part) => part !== '').join('; ');
  const cells = [
    pad(cut(entry === undefined ? '' : treatmentWords(entry), TREATMENT_COLUMNS), TREATMENT_COLUMNS),
    pad(cut(toolName(verdict.name), names), names),
    ...(columns - TREATMENT_COLUMNS - names - 4 < MIN_CLASS_COLUMNS ? [] : [about]),
  ];
  const shown = cut(`${isActive ? '>' : ' '} ${cells.join(' ')}`, columns - 1).trimEnd();
  return isActive ? chalk.cyan(shown) : shown;
}

/** The first line: which server, and what the policy would come to. */
export function reviewTitle(
  server: string,
  { at, of, entries }: { readonly at: number; readonly of: number; readonly entries: readonly ToolEntry[] },
  { color, columns }: ScreenOptions,
): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const place = of > 1 ? ` (${at + 1} of ${of})` : '';
  const counts = `: ${plural(entries.length, 'tool')}, ${treatmentCounts(entries)}`;
  return chalk.bold(cut(`${printable(server)}${place}${counts}`, columns - 1));
}

/** Why a tool is judged so, and what stands now, in at most `maxLines` lines. */
export function reviewDetail(
  { verdict, standing, current }: ToolReview,
  { color, columns, maxLines }: ScreenOptions & { readonly maxLines: number },
): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const wrapped = (text: string): string[] =>
    wrap(printable(text, { maxChars: 600 }), { width: columns - 1, first: '  ' });
  const lines = [
    ...wrapped(verdict.reason),
    ...verdict.evidence.flatMap(({ field, quote, says }) => wrapped(`${field}: "${escapeInvisible(quote)}" (${says})`)),
    ...wrapped(`Recommended: ${treatmentWords(verdict)}.${standingText(standing, current)}`),
  ];
  const shown = lines.length > maxLines ? [...lines.slice(0, maxLines - 2), '  ...', ...lines.slice(-1)] : lines;
  return shown.map((line) => chalk.dim(cut(line, columns - 1)));
}

function standingText(standing: ToolReview['standing'], current: ToolEntry | null): string {
  if (current === null) return '';
  const now = ` In the policy: ${treatmentWords(current)}.`;
  return standing === 'changed' ? `${now} The server has changed the tool since.` : now;
}

const KEYS: readonly (readonly [key: string, what: string])[] = [
  ['a', 'allow'],
  ['l', 'limit'],
  ['k', 'ask'],
  ['d', 'deny'],
  ['h', 'hide'],
  ['r', 'recommended'],
  ['shift+key', 'all of that risk'],
  ['w', 'why'],
  ['enter', 'done'],
  ['esc', 'back'],
];

/** What the keys do, in as many lines as it takes. */
export function reviewKeys({ color, columns }: ScreenOptions): string[] {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return keyLines(KEYS, columns).map((line) => chalk.dim(line));
}
