import { isObject } from '../tool.ts';

/**
 * The key that stands on the way to a path but for its case, or null. Some JSON libraries find a field by such a key
 * too: to the server it would be the argument, and to the policy it is none.
 */
export function otherSpelling(args: unknown, steps: readonly string[]): string | null {
  let value = args;
  for (const step of steps) {
    if (Array.isArray(value)) {
      value = value[Number(step)];
      continue;
    }
    if (!isObject(value)) return null;
    const other = Object.keys(value).find(
      (key) => key !== step && key.length === step.length && folded(key) === folded(step),
    );
    if (other !== undefined) return other;
    value = Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return null;
}

/** Up and down again: a long s is an s, the sign for Kelvin a k. */
const folded = (text: string): string => text.toUpperCase().toLowerCase();
