const NEWLINE = 10;

/** One line as it came, without its newline; or that there was one too long to be held. */
export type RawLine = Buffer | 'too long';

export interface LineSplitter {
  /** The lines that a chunk ends, empty ones too. */
  add(chunk: Buffer): RawLine[];
  /** What was begun and not ended. */
  rest(): Buffer;
}

/** Splits bytes into lines and changes none of them. Of a line that is too long nothing is kept while it is read. */
export function createLineSplitter(maxBytes: number): LineSplitter {
  let parts: Buffer[] = [];
  let bytes = 0;
  const take = (part: Buffer): void => {
    if (part.length === 0) return;
    bytes += part.length;
    if (bytes > maxBytes) parts = [];
    else parts.push(part);
  };
  const finish = (): RawLine => {
    const line = bytes > maxBytes ? 'too long' : joined(parts);
    parts = [];
    bytes = 0;
    return line;
  };
  return {
    add(chunk) {
      const lines: RawLine[] = [];
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        take(chunk.subarray(from, end));
        lines.push(finish());
        from = end + 1;
      }
      take(chunk.subarray(from));
      return lines;
    },
    rest: () => joined(parts),
  };
}

/** Nearly every line lies in one chunk and need not be copied. */
function joined(parts: readonly Buffer[]): Buffer {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}
