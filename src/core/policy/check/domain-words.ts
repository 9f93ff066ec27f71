import { listed } from '../shown-value.ts';
import type { Domain, JsonType } from './argument-domain.ts';

const TYPE_WORDS: Readonly<Record<JsonType, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  array: 'a list',
  object: 'an object',
};

/** "text", `one of "a" and "b"`, "a number of at most 100". */
export function domainWords({ types, values, minimum, maximum }: Domain): string {
  if (values !== null) return values.length === 1 ? listed(values, 'or') : `one of ${listed(values, 'or')}`;
  const named = types === null ? 'a value' : [...types].map((type) => TYPE_WORDS[type]).join(' or ');
  if (minimum === null && maximum === null) return named;
  const bounds = [
    ...(minimum === null ? [] : [`at least ${minimum}`]),
    ...(maximum === null ? [] : [`at most ${maximum}`]),
  ];
  return `${named} of ${bounds.join(' and ')}`;
}
