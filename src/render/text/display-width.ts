/** Text measured in terminal cells: a Chinese character or an emoji takes two, a combining mark none. */
import widthOf from 'fast-string-width';

const PLAIN = /^[\x20-\x7E]*$/;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : widthOf(text);
}

/** `text` filled with spaces; longer text stays as it is. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** `text` in at most `width` cells, its end shown as cut; never half of a character. */
export function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let cells = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    cells += displayWidth(segment);
    if (cells > width - 1) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept}…`;
}
