import { stepsOf } from '../call-path.ts';
import { holdsForMissing, type RegexCompiler, valueTest } from '../condition.ts';
import type { Condition, Guard } from '../policy.ts';
import { ANYTHING, type Domain, JSON_TYPES, type JsonType, typeOf } from './argument-domain.ts';

/** What is known of the argument at a path; what can be anything where nothing is. */
export type DomainAt = (path: string) => Domain;

/** Conditions that no call can fulfil together; they are about one path. */
export interface Contradiction {
  readonly conditions: readonly Condition[];
  readonly domain: Domain;
}

/** The first contradiction of a guard, or null where a call can fulfil it as far as can be told. */
export function contradictionIn(
  { conditions }: Guard,
  { domainAt = () => ANYTHING, regex }: { readonly domainAt?: DomainAt; readonly regex: RegexCompiler },
): Contradiction | null {
  for (const group of byPath(conditions)) {
    const domain = domainAt(group[0]?.path ?? '');
    if (canAllHold(group, domain, regex)) continue;
    const alone = group.find((condition) => !canAllHold([condition], domain, regex));
    return { conditions: alone === undefined ? group : [alone], domain };
  }
  return null;
}

function byPath(conditions: readonly Condition[]): Condition[][] {
  const groups = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const key = JSON.stringify(stepsOf(condition.path));
    groups.set(key, [...(groups.get(key) ?? []), condition]);
  }
  return [...groups.values()];
}

/** Whether one value, or its absence, fits all. Of texts it is not asked whether two patterns fit the same. */
function canAllHold(conditions: readonly Condition[], domain: Domain, regex: RegexCompiler): boolean {
  if (conditions.every(holdsForMissing)) return true;
  const tests = conditions.map((condition) => valueTest(condition, regex));
  const isPossible = (value: unknown): boolean => tests.every((fits) => fits(value));
  const listed = listedValues(conditions);
  if (listed !== null) return listed.some((value) => isPossible(value) && isWithin(value, domain));
  if (domain.values !== null) return domain.values.some(isPossible);
  const types = conditions.map(typesFor).reduce(intersection, new Set(domain.types ?? JSON_TYPES));
  if (types.size === 0) return false;
  return types.size > 1 || !types.has('number') || hasNumber(conditions, domain);
}

/** The values of the first condition that lists all it takes. */
function listedValues(conditions: readonly Condition[]): readonly unknown[] | null {
  for (const { op, value } of conditions) {
    if (op === 'eq') return [value];
    if (op === 'in') return value;
    if (op === 'exists' && !value) return [];
  }
  return null;
}

function isWithin(value: unknown, { types, values, minimum, maximum }: Domain): boolean {
  if (values !== null) return values.some((each) => JSON.stringify(each) === JSON.stringify(value));
  if (types !== null && !types.has(typeOf(value))) return false;
  return typeof value !== 'number' || (value >= (minimum ?? value) && value <= (maximum ?? value));
}

function typesFor({ op, value }: Condition): ReadonlySet<JsonType> {
  if (op === 'regex') return new Set(['string']);
  if (op === 'contains') return new Set(typeof value === 'string' ? ['string', 'array'] : ['array']);
  return new Set(op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte' ? ['number'] : JSON_TYPES);
}

const intersection = (a: ReadonlySet<JsonType>, b: ReadonlySet<JsonType>): Set<JsonType> =>
  new Set([...a].filter((each) => b.has(each)));

function hasNumber(conditions: readonly Condition[], domain: Domain): boolean {
  let low = domain.minimum ?? Number.NEGATIVE_INFINITY;
  let high = domain.maximum ?? Number.POSITIVE_INFINITY;
  let isOpen = false;
  for (const { op, value } of conditions) {
    if ((op === 'gt' || op === 'gte') && value >= low) {
      isOpen = op === 'gt' || (isOpen && value === low);
      low = value;
    }
  }
  let isOpenAbove = false;
  for (const { op, value } of conditions) {
    if ((op === 'lt' || op === 'lte') && value <= high) {
      isOpenAbove = op === 'lt' || (isOpenAbove && value === high);
      high = value;
    }
  }
  return low < high || (low === high && !isOpen && !isOpenAbove);
}
