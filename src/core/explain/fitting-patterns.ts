import type { Classification } from '../classification.ts';
import type { Tool } from '../tool.ts';
import { CLASS_TABLE, CLASSES, EFFECTS } from '../verdict.ts';
import type { AttackPattern, Trait } from './attack-pattern.ts';
import { takenArgument } from './taken-argument.ts';

/** A pattern that fits a tool, and the steps to the argument of the tool that its rule is about. */
export interface FittingPattern {
  readonly pattern: AttackPattern;
  readonly argument: readonly string[] | null;
}

type Judged = Pick<Classification, 'class' | 'effects' | 'evidence'>;

/**
 * The patterns whose needs a tool meets: first those about what makes it as dangerous as it is, then those about one of
 * its arguments, then the narrower before the broader, since one that fits many tools says least about this one.
 */
export function fittingPatterns(
  verdict: Judged,
  { inputSchema }: Pick<Tool, 'inputSchema'>,
  patterns: readonly AttackPattern[],
): FittingPattern[] {
  const traits = traitsOf(verdict);
  const decisive = decisiveTraits(verdict);
  const fitting: (FittingPattern & { readonly rank: readonly number[] })[] = [];
  for (const pattern of patterns) {
    const { all = [], any } = pattern.needs;
    if (!all.every((trait) => traits.has(trait))) continue;
    if (any !== undefined && !any.some((trait) => traits.has(trait))) continue;
    const taken = pattern.needs.argument === undefined ? null : takenArgument(inputSchema, pattern);
    if (taken !== undefined) fitting.push({ pattern, argument: taken, rank: rankOf(pattern, decisive) });
  }
  return fitting.sort((a, b) => byRank(a.rank, b.rank)).map(({ pattern, argument }) => ({ pattern, argument }));
}

const HIDDEN: Trait = 'hidden-instructions';

function traitsOf({ class: toolClass, effects, evidence }: Judged): ReadonlySet<Trait> {
  return new Set<Trait>([toolClass, ...effects, ...(evidence.some(({ says }) => says === HIDDEN) ? [HIDDEN] : [])]);
}

/** What puts the tool into its class, or its risk above that of its class. Orders in the definition work without a call. */
function decisiveTraits({ class: toolClass, effects }: Judged): ReadonlySet<Trait> {
  const { effect } = CLASS_TABLE[toolClass];
  if (effect !== null) return new Set<Trait>([HIDDEN, toolClass, effect]);
  const raising = { Read: 'secrets', Write: 'access', Other: null }[CLASS_TABLE[toolClass].category];
  return new Set<Trait>([HIDDEN, ...effects.filter((each) => each === raising)]);
}

/** More alternatives than this, and a pattern is about tools in general. */
const FEW = 2;
/** The most telling first: a class that many tools have says less than an effect. */
const TELLING: readonly Trait[] = [HIDDEN, ...EFFECTS, ...CLASSES];
const EFFECT_OF = new Map<Trait, Trait | null>(CLASSES.map((toolClass) => [toolClass, CLASS_TABLE[toolClass].effect]));

function rankOf({ needs: { all = [], any = [], argument } }: AttackPattern, decisive: ReadonlySet<Trait>): number[] {
  const named = any.length <= FEW ? [...all, ...any] : all;
  return [
    all.includes(HIDDEN) ? 0 : 1,
    named.some((trait) => decisive.has(trait)) ? 0 : 1,
    argument === undefined ? 1 : 0,
    any.length,
    Math.min(...[...all, ...any].map((trait) => TELLING.indexOf(EFFECT_OF.get(trait) ?? trait))),
  ];
}

/** Patterns of the same rank stay in the order of the catalog. */
function byRank(a: readonly number[], b: readonly number[]): number {
  for (const [at, rank] of a.entries()) if (rank !== b[at]) return rank - (b[at] ?? 0);
  return 0;
}
