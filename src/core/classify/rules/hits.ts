import type { ToolClass } from '../../verdict.ts';
import type { Hit } from '../rule.ts';

const NONE: readonly Hit[] = [];

/** A hit for each item of a class. Most rules find nothing in most tools, and nothing must cost nothing. */
export function hitsOfClass<T extends { readonly class: ToolClass }>(
  items: readonly T[],
  toolClass: ToolClass,
  hit: (item: T, nth: number) => Hit,
): readonly Hit[] {
  let hits: Hit[] | undefined;
  for (const item of items) {
    if (item.class !== toolClass) continue;
    hits ??= [];
    hits.push(hit(item, hits.length));
  }
  return hits ?? NONE;
}
