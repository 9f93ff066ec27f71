import { isUtf8 } from 'node:buffer';

/** One line without its end. Blank lines are left out but counted. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly fault: string });

export interface LineLimit {
  readonly maxLineBytes: number;
}

export const LINE_LIMIT: LineLimit = { maxLineBytes: 16 * 1024 * 1024 };

const NEWLINE = 0x0a;
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Cuts bytes into blocks of whole lines: those that end in a chunk come together, as soon as it is read. Holds no more
 * than a chunk and a line; of a line longer than `maxLineBytes` only what shows that it is.
 */
export async function* lineBlocks(
  chunks: AsyncIterable<Buffer>,
  { maxLineBytes }: LineLimit = LINE_LIMIT,
): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const ended = chunk.subarray(0, end);
      yield bytes === 0 ? ended : Buffer.concat([...begun, ended]);
      begun = [];
      bytes = 0;
    }
    const rest = chunk.subarray(end, end + maxLineBytes + 1 - bytes);
    if (rest.length > 0) begun.push(rest);
    bytes += rest.length;
  }
  yield Buffer.concat(begun);
}

/**
 * The lines of a block, and how many ended in it. A line longer than `maxLineBytes` is a fault, as is one that is not
 * UTF-8; the lines after it are read as usual.
 */
export function linesOf(
  block: Buffer,
  { maxLineBytes }: LineLimit = LINE_LIMIT,
): { readonly lines: readonly Line[]; readonly ended: number } {
  const lines: Line[] = [];
  let number = 0;
  let from = 0;
  const take = (end: number): void => {
    number += 1;
    const line = toLine(number, block.subarray(from, end), maxLineBytes);
    if (line !== null) lines.push(line);
    from = end + 1;
  };
  for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, from)) take(end);
  const ended = number;
  take(block.length);
  return { lines, ended };
}

function toLine(number: number, content: Buffer, maxLineBytes: number): Line | null {
  if (content.length > maxLineBytes) return { number, fault: `It is longer than ${maxLineBytes} bytes` };
  if (!isUtf8(content)) return { number, fault: 'It is not UTF-8' };
  const text = withoutByteOrderMark(content.toString('utf8')).trim();
  return text === '' ? null : { number, text };
}

/** Windows editors put a mark at the beginning that is no JSON. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
