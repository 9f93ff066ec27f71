/** One thing that was measured. Without a budget it is only told. */
export interface Figure {
  readonly what: string;
  readonly found: number;
  readonly unit: string;
  readonly atMost?: number;
}

export function isWithin({ found, atMost }: Figure): boolean {
  return atMost === undefined || found <= atMost;
}

export function figureLine(figure: Figure): string {
  const { what, found, unit, atMost } = figure;
  if (atMost === undefined) return `        ${found.toFixed(2)} ${unit}  ${what}`;
  return `${isWithin(figure) ? 'within' : 'OVER  '}  ${found.toFixed(2)} ${unit} of at most ${atMost} ${unit}  ${what}`;
}
