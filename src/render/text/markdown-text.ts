/** Text of strangers inside Markdown. */
import { printable } from './printable.ts';
import { toolName } from './tool-name.ts';

/** A plain name as code; any other as text in which no character means anything. */
export function code(name: string): string {
  const shown = toolName(name, { maxChars: 120 });
  return /^[\w./:-]+$/.test(shown) ? `\`${shown}\`` : escaped(shown);
}

/** Text on one line in which no character means anything. */
export function escaped(text: string, options: { readonly maxChars?: number } = {}): string {
  return printable(text, options)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~>]/g, '\\$&');
}
