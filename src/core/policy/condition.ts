import { MISSING, stepsOf, valueAt } from './call-path.ts';
import { jsonEqual } from './json-equal.ts';
import type { Condition } from './policy.ts';

/** Makes a test of a pattern that takes time in proportion to the text. Throws where the pattern is none. */
export type RegexCompiler = (pattern: string) => (text: string) => boolean;

/** Whether the arguments of a call fit. Never throws. */
export type Test = (args: unknown) => boolean;

/** A condition, made ready. A missing path fits only `exists: false`, `neq` and `not_in`. */
export function compileCondition(condition: Condition, regex: RegexCompiler): Test {
  const steps = stepsOf(condition.path);
  const fits = valueTest(condition, regex);
  const fitsMissing = holdsForMissing(condition);
  return (args) => {
    const found = valueAt(args, steps);
    return found === MISSING ? fitsMissing : fits(found.value);
  };
}

/** Whether a condition holds where its path is missing. */
export function holdsForMissing({ op, value }: Condition): boolean {
  return op === 'exists' ? value === false : op === 'neq' || op === 'not_in';
}

/** Whether a value that is there fits. Text is never taken for a number, nor a number for text. */
export function valueTest(condition: Condition, regex: RegexCompiler): (value: unknown) => boolean {
  const { op, value: wanted } = condition;
  switch (op) {
    case 'eq':
      return (value) => jsonEqual(value, wanted);
    case 'neq':
      return (value) => !jsonEqual(value, wanted);
    case 'in':
      return oneOf(wanted);
    case 'not_in': {
      const isListed = oneOf(wanted);
      return (value) => !isListed(value);
    }
    case 'lt':
      return (value) => typeof value === 'number' && value < wanted;
    case 'lte':
      return (value) => typeof value === 'number' && value <= wanted;
    case 'gt':
      return (value) => typeof value === 'number' && value > wanted;
    case 'gte':
      return (value) => typeof value === 'number' && value >= wanted;
    case 'regex': {
      const matches = regex(wanted);
      return (value) => typeof value === 'string' && matches(value);
    }
    case 'contains':
      return (value) =>
        typeof value === 'string'
          ? typeof wanted === 'string' && value.includes(wanted)
          : Array.isArray(value) && value.some((element) => jsonEqual(element, wanted));
    case 'exists':
      return () => wanted;
  }
}

/** A set finds what is no object at once; `SameValueZero` differs from `===` for NaN alone, which JSON has not. */
function oneOf(wanted: readonly unknown[]): (value: unknown) => boolean {
  const plain = new Set(wanted.filter((each) => !isCompound(each)));
  const compound = wanted.filter(isCompound);
  return (value) => (isCompound(value) ? compound.some((each) => jsonEqual(each, value)) : plain.has(value));
}

const isCompound = (value: unknown): boolean => typeof value === 'object' && value !== null;
