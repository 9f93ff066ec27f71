/** A place in a JSON document. */
export type JsonPath = readonly (string | number)[];

/** `/tools/create_charge/deny_if/0` (RFC 6901). */
export function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The reverse of `jsonPointer`; null for what is none, such as `(hidden)`. */
export function pathOfPointer(pointer: string): JsonPath | null {
  if (pointer !== '' && !pointer.startsWith('/')) return null;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `tools.create_charge.limits[0].window`, as a person writes it; the document itself is "the policy". */
export function pathText(path: JsonPath): string {
  if (path.length === 0) return 'the policy';
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
