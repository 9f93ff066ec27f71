import type { ToolView } from '../tool-view.ts';

const JUDGING = new Set(
  'analyze audit check classify detect explain format inspect lint parse preview suggest translate validate verify'.split(
    ' ',
  ),
);

/** "Explain a command" runs nothing. */
export function isAboutCode({ nameActions, descriptionActions }: ToolView): boolean {
  return [...nameActions, ...descriptionActions.actions].some(({ lemma }) => JUDGING.has(lemma));
}
