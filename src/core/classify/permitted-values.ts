/** The values that a parameter lets its caller choose from, wherever its schema lists them, and where they stand. */
import type { JsonObject } from '../tool.ts';
import { branchesOf, hasBranches, MAX_BRANCHES, referred } from './schema-branches.ts';

export interface Offer {
  readonly value: string;
  /** The keywords that lead to it from the parameter: `enum`, `anyOf.0.const`, `$ref.enum`, `description`. */
  readonly keyword: string;
}

export interface Permitted {
  readonly type: string | null;
  readonly values: readonly Offer[];
  /** Whether any other text is taken as well. */
  readonly isOpen: boolean;
}

/** More values than this are not read. */
export const MAX_VALUES = 200;
export const NO_OFFERS: readonly Offer[] = [];

/** The type of a parameter and the strings it permits, also where they stand in a union, in the items of an array or behind a `$ref`. */
export function permittedBy(property: JsonObject, root: JsonObject): Permitted {
  const budget = { left: MAX_BRANCHES * MAX_BRANCHES };
  const target = property.$ref === undefined ? null : referred(property.$ref, root);
  return target === null
    ? permitted(property, { root, budget, at: '' })
    : permitted(target, { root, budget, at: '$ref.' });
}

interface Walk {
  readonly root: JsonObject;
  readonly budget: { left: number };
  /** The steps that led here, each with a dot behind it. */
  readonly at: string;
}

/** A pattern that is no more than a list of words: `^(list|delete)$`. */
const ALTERNATIVES = /^\^?\(?(?:\?:)?([\w-]+(?:\|[\w-]+)+)\)?\$?$/;
const MAX_PATTERN_CHARS = 1_000;

function permitted(schema: JsonObject, { root, budget, at }: Walk): Permitted {
  const { enum: listed, const: only, pattern } = schema;
  const type = ownType(schema);
  if (only !== undefined || Array.isArray(listed)) {
    const all = Array.isArray(listed) ? listed.slice(0, MAX_VALUES) : [];
    const isFlag = typeof only === 'boolean' || all.some((value) => typeof value === 'boolean');
    return {
      type: type ?? (isFlag ? 'boolean' : null),
      values: [...offers([only], `${at}const`), ...offers(all, `${at}enum`)],
      isOpen: false,
    };
  }
  if (typeof pattern === 'string' && pattern.length < MAX_PATTERN_CHARS) {
    const words = ALTERNATIVES.exec(pattern)?.[1]?.split('|', MAX_VALUES);
    if (words !== undefined) return { type, values: offers(words, `${at}pattern`), isOpen: false };
  }
  if (!hasBranches(schema)) return { type, values: NO_OFFERS, isOpen: true };
  const values: Offer[] = [];
  const types = new Set<string | null>(type === null ? [] : [type]);
  let isOpen = false;
  for (const [step, branch] of branchesOf(schema, root)) {
    if (budget.left-- <= 0 || values.length >= MAX_VALUES) break;
    const each = permitted(branch, { root, budget, at: `${at}${step}.` });
    values.push(...each.values);
    if (step !== 'items' && type === null) types.add(each.type);
    if (each.isOpen && each.type === 'string' && !step.startsWith('allOf')) isOpen = true;
  }
  return { type: TYPES.find((each) => types.has(each)) ?? null, values, isOpen };
}

function offers(values: readonly unknown[], keyword: string): Offer[] {
  return values.flatMap((value) => (typeof value === 'string' ? { value, keyword } : []));
}

/** Of several types the one that can carry most. */
const TYPES = ['string', 'object', 'array', 'boolean', 'integer', 'number'];

function ownType({ type }: JsonObject): string | null {
  if (Array.isArray(type)) return TYPES.find((each) => type.includes(each)) ?? null;
  return typeof type === 'string' ? type : null;
}
