import { printable } from '../text/printable.ts';

const MAX_CHARS = 2_000;
const MAX_LINES = 16;

/** The beginning of a description, its lines kept, each safe to print; blank ones only between others. */
export function descriptionLines(description: string): string[] {
  const lines = description
    .slice(0, MAX_CHARS)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => printable(line, { maxChars: MAX_CHARS }).trimEnd());
  const kept = lines.filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''));
  const shown = kept.slice(0, MAX_LINES);
  while (shown.at(-1) === '') shown.pop();
  return kept.length > MAX_LINES || description.length > MAX_CHARS ? [...shown, '…'] : shown;
}
