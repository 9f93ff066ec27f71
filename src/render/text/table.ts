import { cut, displayWidth, pad } from './display-width.ts';

export interface Cell {
  readonly text: string;
  /** Colours the text, after it was measured. */
  readonly paint?: (text: string) => string;
}

export interface Column {
  readonly title: string;
  /** How far it may shrink where the table is too wide; left out, it does not. Columns shrink from the right. */
  readonly shrinksTo?: number;
  /** Left out where that is not enough, the highest number first. */
  readonly dispensable?: number;
}

const GAP = '  ';
/** One monstrous name must not push every other row's columns off the screen. */
const MAX_ALIGNED = 56;

interface TableOptions {
  readonly width: number | null;
  readonly paintTitle: (text: string) => string;
}

/** Lines of aligned cells, at most `width` wide; with null nothing is cut. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, paintTitle }: TableOptions,
): string[] {
  const titles = columns.map(({ title }): Cell => ({ text: title, paint: paintTitle }));
  const all = [titles, ...rows];
  const natural = columns.map((_, at) => widest(all, at));
  const dropped = width === null ? -1 : columnToDrop(columns, natural, width);
  if (dropped >= 0) {
    const without = <T>(cells: readonly T[]): T[] => cells.filter((_, at) => at !== dropped);
    return renderTable(without(columns), rows.map(without), { width, paintTitle });
  }
  const widths = width === null ? natural.map((wide) => Math.min(wide, MAX_ALIGNED)) : fit(columns, natural, width);
  return all.map((row) => {
    const cells = row.map(({ text, paint = asIs }, at) => {
      const shown = width === null ? text : cut(text, widths[at] ?? 0);
      const padding = at === row.length - 1 ? '' : pad(shown, widths[at] ?? 0).slice(shown.length);
      return paint(shown) + padding;
    });
    return cells.join(GAP);
  });
}

/** Not Math.max(...widths), which overflows the stack at some 100,000 rows. */
function widest(rows: readonly (readonly Cell[])[], at: number): number {
  return rows.reduce((width, row) => Math.max(width, displayWidth(row[at]?.text ?? '')), 0);
}

/** The column that is missed least, where the others cannot shrink enough; -1 where none has to go. */
function columnToDrop(columns: readonly Column[], natural: readonly number[], width: number): number {
  const least = columns.map(({ shrinksTo }, at) => Math.min(shrinksTo ?? Number.POSITIVE_INFINITY, natural[at] ?? 0));
  const total = least.reduce((sum, wide) => sum + wide, (columns.length - 1) * GAP.length);
  if (total <= width) return -1;
  const ranks = columns.map(({ dispensable = 0 }) => dispensable);
  const highest = Math.max(...ranks);
  return highest === 0 ? -1 : ranks.indexOf(highest);
}

const asIs = (text: string): string => text;

/** Takes what is too much from the columns that may shrink, the last first; what is left over is cut from the last ones. */
function fit(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, wide) => sum + wide, (columns.length - 1) * GAP.length) - width;
  const shrink = (at: number, least: number): void => {
    const taken = Math.max(0, Math.min(excess, (widths[at] ?? 0) - least));
    widths[at] = (widths[at] ?? 0) - taken;
    excess -= taken;
  };
  for (let at = columns.length - 1; at >= 0; at -= 1) shrink(at, columns[at]?.shrinksTo ?? Number.POSITIVE_INFINITY);
  for (let at = columns.length - 1; at >= 0; at -= 1) shrink(at, 0);
  return widths;
}
