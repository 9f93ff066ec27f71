import type { JsonObject } from '../tool.ts';

/** What an object has in a key itself; a hostile name such as `constructor` finds nothing. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
