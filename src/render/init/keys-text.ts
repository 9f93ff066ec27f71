import { wrap } from '../text/wrap.ts';

/** What keys do, "a allow · l limit", in lines that are broken between keys only. */
export function keyLines(keys: readonly (readonly [key: string, what: string])[], columns: number): string[] {
  // What belongs together is one word until the lines are broken.
  const words = keys.map(([key, what]) => `${key} ${what}`.replaceAll(' ', '\u00A0')).join(' · ');
  return wrap(words, { width: columns - 1, first: '' }).map((line) =>
    line.replace(/^· | ·$/g, '').replaceAll('\u00A0', ' '),
  );
}
