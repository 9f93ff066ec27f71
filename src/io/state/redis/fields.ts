import type { Answer } from './redis-link.ts';

/** A hash as Redis lists it: field, value, field, value. */
export function fieldsOf(answer: Answer): ReadonlyMap<string, string> {
  const flat = Array.isArray(answer) ? answer.map(String) : [];
  return new Map(flat.flatMap((field, at) => (at % 2 === 0 ? [[field, flat[at + 1] ?? ''] as const] : [])));
}

/** A list of hashes. */
export function hashesOf(answer: Answer): ReadonlyMap<string, string>[] {
  return Array.isArray(answer) ? answer.map(fieldsOf) : [];
}
