import type { ToolClass } from '../../verdict.ts';

/** What a verb says of a call whose main action it names. */
export interface Verb {
  readonly lemma: string;
  readonly class: ToolClass;
  readonly surety: Surety;
}

/**
 * How sure it is that the word is this verb: `strong` wherever it stands, `lead` at the head of a name or description
 * with an object behind it, `weak` only when its object or other evidence says so.
 */
export type Surety = 'strong' | 'lead' | 'weak';

export type VerbForm = 'base' | 'third' | 'gerund';

export interface InflectedVerb {
  readonly verb: Verb;
  readonly form: VerbForm;
}
