/** Where the rules for effects look: what a name or a description acts on, and what it is about. */
import type { Action } from '../language/action.ts';
import { endsInOneOf } from '../language/object-phrase.ts';
import type { Hit } from '../rule.ts';
import type { Subject, ToolView } from '../tool-view.ts';

export const NO_HITS: readonly Hit[] = [];

/** One quote is enough for an effect. */
export const asHits = (hit: Hit | null): readonly Hit[] => (hit === null ? NO_HITS : [hit]);

/** The first action of the name and of the description that fits, quoted with its object. */
export function actionsThat(view: ToolView, fits: (action: Action) => boolean): readonly Hit[] {
  const named = view.nameActions.find(fits);
  const said = view.descriptionActions.actions.find(fits);
  if (named === undefined && said === undefined) return NO_HITS;
  const hits: Hit[] = [];
  if (named !== undefined) hits.push({ field: 'name', quote: quoteIn(view.tool.name, named), weight: 1 });
  if (said !== undefined) hits.push({ field: 'description', quote: quoteIn(view.description, said), weight: 1 });
  return hits;
}

/** The verb with its object. */
export const quoteIn = (text: string, { start, end, phraseEnd }: Action) => text.slice(start, Math.max(end, phraseEnd));

/** The first of the name's own words, or of two in a row, that stands in a group. */
export function subjectOf({ subjects, lexicon }: ToolView, group: string): Subject | undefined {
  const set = lexicon.objects(group);
  for (const subject of subjects) if (set.has(subject.text) || set.has(subject.singular)) return subject;
  return undefined;
}

/** `subjectOf` as a hit. */
export function nameAbout(view: ToolView, group: string): Hit | null {
  const subject = subjectOf(view, group);
  return subject === undefined ? null : subjectHit(view, subject);
}

export function subjectHit({ tool }: ToolView, { start, end }: Subject): Hit {
  return { field: 'name', quote: tool.name.slice(start, end), weight: 1 };
}

/** The first action of the description whose object holds a word of a group. */
export function textAbout({ descriptionActions, description, lexicon }: ToolView, group: string): Hit | null {
  const set = lexicon.objects(group);
  for (const action of descriptionActions.actions)
    if (action.object.some((word) => set.has(word)) || endsInOneOf(action.object, set))
      return { field: 'description', quote: quoteIn(description, action), weight: 1 };
  return null;
}

/** What a pattern finds near the top of the description. */
export function told({ description }: ToolView, pattern: Pick<RegExp, 'exec'>, within: number): Hit | null {
  const quote = pattern.exec(description.length > within ? description.slice(0, within) : description)?.[0];
  return quote === undefined ? null : { field: 'description', quote, weight: 1 };
}
