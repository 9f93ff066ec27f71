import type { Tool } from '../tool.ts';
import { CLASSES, type Effect, type ToolClass } from '../verdict.ts';
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
  /** A verb that is hardly ever anything else. */
  readonly plain?: boolean;
}

/** What an example needs of a tool; the rest is filled in. */
export type Example = Pick<Tool, 'name'> & Partial<Tool>;

/** What a person is told of a rule, and what it is tested by. */
export interface RuleFacts {
  /** Permanent: `area/kebab-name`. */
  readonly id: string;
  /** What its quote means, for a person: a clause that follows 'The name says "delete":', or for an effect a sentence of its own. */
  readonly because: string;
  readonly examples: { readonly fires: readonly Example[]; readonly silent: readonly Example[] };
}

/** A piece of evidence for one class, as data with its own examples. */
export interface Rule extends RuleFacts {
  readonly says: ToolClass;
  readonly find: (view: ToolView) => readonly Hit[];
}

/** A hit that says its class. */
export interface ClassHit extends Hit {
  readonly says: ToolClass;
}

/** Rules that look in the same place and differ only in what they find there: a verb may speak for any class. */
export interface RuleFamily {
  readonly rules: Readonly<Record<ToolClass, RuleFacts>>;
  readonly find: (view: ToolView) => readonly ClassHit[];
}

/** The rules of a family one by one, in the order of `CLASSES`. */
export function rulesOf({ rules, find }: RuleFamily): Rule[] {
  return CLASSES.map((says) => ({
    ...rules[says],
    says,
    find: (view) => find(view).filter((hit) => hit.says === says),
  }));
}

/** A family's rules, made from what is said of each class. */
export function rulesByClass(facts: (toolClass: ToolClass) => RuleFacts): Readonly<Record<ToolClass, RuleFacts>> {
  return Object.fromEntries(CLASSES.map((toolClass) => [toolClass, facts(toolClass)])) as Record<ToolClass, RuleFacts>;
}

/** A piece of evidence for an effect that does not decide the class. It sees the class the rules decided on, and the effects found before it. */
export interface EffectRule extends RuleFacts {
  readonly says: Effect;
  readonly find: (view: ToolView, toolClass: ToolClass, effects: readonly Effect[]) => readonly Hit[];
}
