import { displayWidth } from './display-width.ts';

interface WrapOptions {
  readonly width: number;
  /** Put before the first line, and before the others. */
  readonly first: string;
  readonly rest?: string;
}

/** `text` in lines of at most `width` cells. A word that is longer stays whole: cut, an address would be lost. */
export function wrap(text: string, { width, first, rest = first }: WrapOptions): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const start = lines.length === 0 ? first : rest;
    if (line !== '' && displayWidth(`${start}${line} ${word}`) > width) {
      lines.push(start + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, (lines.length === 0 ? first : rest) + line];
}
