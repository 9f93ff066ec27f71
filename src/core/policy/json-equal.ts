/**
 * Whether two JSON values are the same. Numbers are compared as numbers and never with text; the order of keys does not
 * count. It costs no more than the smaller of the two.
 */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((each, at) => jsonEqual(each, b[at]));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const inB = b as Readonly<Record<string, unknown>>;
  return keys.every(
    (key) => Object.hasOwn(b, key) && jsonEqual((a as Readonly<Record<string, unknown>>)[key], inB[key]),
  );
}
