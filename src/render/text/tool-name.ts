import { printable } from './printable.ts';

/** A tool's name as it can be shown; one of which nothing would be seen says so. */
export function toolName(name: string, options: { readonly maxChars?: number } = {}): string {
  const shown = printable(name, options);
  return shown.trim() === '' ? '(name without a visible character)' : shown;
}
