/** Makes a stranger's text safe to print on one line of a terminal, and readable. */

/** Longer text is cut before any pattern runs over it. */
const MAX_CHARS = 300;

const ESCAPE = '\\u001B';
const BELL = '\\u0007';
const STRING_END = '\\u009C';
/**
 * Whole sequences, so that no rest such as "[31m" stays behind: OSC and its kin with their text, CSI, short ones.
 * An OSC without an end loses its opening only: otherwise a name could hide the rest of itself.
 */
const ESCAPE_SEQUENCES = new RegExp(
  [
    `(?:${ESCAPE}[\\]PX^_]|[\\u009D\\u0090\\u0098\\u009E\\u009F])[^${BELL}${ESCAPE}${STRING_END}]*(?:${BELL}|${ESCAPE}\\\\|${STRING_END})`,
    `(?:${ESCAPE}\\[|\\u009B)[0-?]*[ -/]*[@-~]?`,
    `${ESCAPE}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
const LINE_BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;
/** Controls, direction overrides, zero-width and tag characters. The two that choose an emoji's form (FE0E, FE0F) may stay. */
const INVISIBLE = /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const HALF_CHARACTERS = /\p{Surrogate}/gu;

export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) >= 0;
}

/** Invisible characters, line breaks left out, as the escapes that JSON and YAML read between double quotes. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    if (character === '\n') return character;
    const digits = (character.codePointAt(0) ?? 0).toString(16);
    return digits.length > 4 ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
  });
}

/** `text` on one line: escape sequences and invisible characters taken out, line breaks shown as ⏎, length bounded. */
export function printable(text: string, { maxChars = MAX_CHARS }: { readonly maxChars?: number } = {}): string {
  const bounded = text.slice(0, maxChars * 2);
  const clean = bounded
    .replace(ESCAPE_SEQUENCES, '')
    .replace(LINE_BREAKS, '⏎')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, '')
    .replace(HALF_CHARACTERS, '\uFFFD');
  if (clean.length <= maxChars && bounded.length === text.length) return clean;
  return `${clean.slice(0, maxChars - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
