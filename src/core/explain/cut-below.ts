import { isObject, type JsonObject } from '../tool.ts';

/** The object with null in the place of what lies more than `levels` deep: a stranger's nesting must not overflow a stack. */
export function cutBelow(object: JsonObject, levels: number): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, cutValue(value, levels - 1)]));
}

function cutValue(value: unknown, levels: number): unknown {
  if (Array.isArray(value)) return levels <= 0 ? null : value.map((item) => cutValue(item, levels - 1));
  if (!isObject(value)) return value;
  return levels <= 0 ? null : cutBelow(value, levels);
}
