import type { Tool } from '../tool.ts';
import type { Effect, ToolClass } from '../verdict.ts';
import type { ToolView } from './tool-view.ts';

/** One place in a definition that a rule found. */
export interface Hit {
  readonly field: string;
  /** The exact words of the definition. */
  readonly quote: string;
  /** How much it counts, where that depends on where it stands; a sure verb at the head of a name or description counts 3. */
  readonly weight: number;
  /** The tool can certainly do this, whatever else it does: it takes at least this class. */
  readonly decisive?: boolean;
}

/** What an example needs of a tool; the rest is filled in. */
export type Example = Pick<Tool, 'name'> & Partial<Tool>;

/** A piece of evidence for a class, as data with its own examples. */
export interface Rule {
  /** Permanent: `area/kebab-name`. */
  readonly id: string;
  readonly says: ToolClass;
  /** Completes the sentence "It is classed so because ...". Written for a person. */
  readonly because: string;
  readonly find: (view: ToolView) => readonly Hit[];
  readonly examples: { readonly fires: readonly Example[]; readonly silent: readonly Example[] };
}

/** A piece of evidence for an effect that does not decide the class. It sees the class the rules decided on. */
export interface EffectRule {
  readonly id: string;
  readonly says: Effect;
  readonly because: string;
  readonly find: (view: ToolView, toolClass: ToolClass) => readonly Hit[];
  readonly examples: { readonly fires: readonly Example[]; readonly silent: readonly Example[] };
}
