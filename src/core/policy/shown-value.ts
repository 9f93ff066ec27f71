/** Values of a policy inside of sentences: bounded, and told by their kind where they are not short. */

const MAX_CHARS = 80;
const MAX_LISTED = 12;

/** `"week"`, `the number 1`, `a list`. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

export function quoted(text: string): string {
  return JSON.stringify(text.length > MAX_CHARS ? `${text.slice(0, MAX_CHARS - 1)}…` : text);
}

/** `"a", "b" or "c"`. */
export function listed(values: readonly unknown[], joining: 'and' | 'or'): string {
  const shown = values
    .slice(0, MAX_LISTED)
    .map((value) => (typeof value === 'string' ? quoted(value) : JSON.stringify(value)));
  if (values.length > MAX_LISTED) shown.push(`${values.length - MAX_LISTED} more`);
  const last = shown.pop() ?? 'nothing';
  return shown.length === 0 ? last : `${shown.join(', ')} ${joining} ${last}`;
}
