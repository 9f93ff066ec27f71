import type { Classification } from '../classification.ts';
import { isObject, type Tool } from '../tool.ts';
import type { AttackPattern, Trait } from './attack-pattern.ts';

/** A pattern that fits a tool, and the argument of the tool that its rule is about. */
export interface FittingPattern {
  readonly pattern: AttackPattern;
  readonly argument: string | null;
}

type Judged = Pick<Classification, 'class' | 'effects' | 'evidence'>;

/** The patterns whose needs a tool meets, the most specific first: one that fits many tools says least about this one. */
export function fittingPatterns(
  verdict: Judged,
  { inputSchema }: Pick<Tool, 'inputSchema'>,
  patterns: readonly AttackPattern[],
): FittingPattern[] {
  const traits = traitsOf(verdict);
  const fitting: FittingPattern[] = [];
  for (const pattern of patterns) {
    const { all = [], any, argument } = pattern.needs;
    if (!all.every((trait) => traits.has(trait))) continue;
    if (any !== undefined && !any.some((trait) => traits.has(trait))) continue;
    const taken = argument === undefined ? null : takenArgument(inputSchema, argument);
    if (taken !== undefined) fitting.push({ pattern, argument: taken });
  }
  return fitting.sort((a, b) => specificity(b) - specificity(a));
}

function traitsOf({ class: toolClass, effects, evidence }: Judged): ReadonlySet<Trait> {
  const hasOrders = evidence.some(({ says }) => says === 'hidden-instructions');
  return new Set<Trait>([toolClass, ...effects, ...(hasOrders ? (['hidden-instructions'] as const) : [])]);
}

/** The first of `names` that the tool takes as one value; a condition of a policy does not look into lists and objects. */
function takenArgument(inputSchema: Tool['inputSchema'], names: readonly string[]): string | undefined {
  const properties = inputSchema?.properties;
  if (!isObject(properties)) return undefined;
  return names.find((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isObject(property) && property.type !== 'array' && property.type !== 'object';
  });
}

/** Orders in the definition come before everything else: they work without a call. */
function specificity({ pattern: { needs } }: FittingPattern): number {
  const { all = [], any, argument } = needs;
  if (all.includes('hidden-instructions')) return 1_000;
  return (argument === undefined ? 0 : 100) + all.length + (any === undefined ? 0 : Math.min(1, 2 / any.length));
}
