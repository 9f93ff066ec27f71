import { isUtf8 } from 'node:buffer';

/** One line without its end. Blank lines are left out but counted. */
export type Line = { readonly number: number } & ({ readonly text: string } | { readonly fault: string });

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Splits bytes into lines: those that end in a chunk come together, as soon as it is read. Holds no more than a chunk
 * and a line. A line longer than `maxLineBytes` is dropped while it is read and becomes a fault, as does one that is
 * not UTF-8; the lines after it are read as usual.
 */
export async function* readLines(
  chunks: AsyncIterable<Buffer>,
  { maxLineBytes }: { readonly maxLineBytes: number },
): AsyncGenerator<readonly Line[]> {
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 1;
  const take = (part: Buffer): void => {
    bytes += part.length;
    if (bytes <= maxLineBytes) parts.push(part);
    else parts = [];
  };
  const finish = (lines: Line[]): void => {
    const line = toLine(number, bytes > maxLineBytes ? `It is longer than ${maxLineBytes} bytes` : joined(parts));
    parts = [];
    bytes = 0;
    number += 1;
    if (line !== null) lines.push(line);
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end));
      finish(lines);
      from = end + 1;
    }
    take(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  const last: Line[] = [];
  finish(last);
  yield last;
}

/** Nearly every line lies in one chunk and need not be copied. */
function joined(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

function toLine(number: number, content: Buffer | string): Line | null {
  if (typeof content === 'string') return { number, fault: content };
  if (!isUtf8(content)) return { number, fault: 'It is not UTF-8' };
  const text = withoutByteOrderMark(content.toString('utf8')).trim();
  return text === '' ? null : { number, text };
}

/** Windows editors put a mark at the beginning that is no JSON. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
