import type { Readable } from 'node:stream';
import { eachChunk } from '../../../io/files/each-chunk.ts';
import { createLineSplitter, type RawLine } from '../../../io/files/split-lines.ts';

const MAX_LINE_BYTES = 8 * 1024;

/** Tells of every line of a stream until that ends. Of one that is too long only that is told; empty ones say nothing. */
export async function tellLines(stream: Readable, tell: (line: string) => void): Promise<void> {
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  const tellOf = (line: RawLine): void => {
    const text = line === 'too long' ? `A line of more than ${MAX_LINE_BYTES} bytes.` : line.toString('utf8').trimEnd();
    if (text !== '') tell(text);
  };
  await eachChunk(stream, (chunk) => {
    splitter.add(chunk).forEach(tellOf);
    return undefined;
  });
  tellOf(splitter.rest());
}
