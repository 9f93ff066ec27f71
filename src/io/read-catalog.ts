import type { Knowledge } from '../core/classify/knowledge.ts';

/** What the classifier knows beyond its rules. `catalog: false` leaves the rules alone with the words. */
export function readKnowledge(_options: { readonly catalog: boolean }): Omit<Knowledge, 'overrides'> {
  return {};
}
