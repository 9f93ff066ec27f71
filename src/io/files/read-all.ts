import type { Readable } from 'node:stream';

/**
 * Reads a stream to its end; null where `mayHold` says of a chunk that it is too much. Rejects where the stream breaks
 * off. (An async iterator does the same, and takes longer.)
 */
export function readAll(stream: Readable, mayHold: (size: number) => boolean): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      if (mayHold(chunk.length)) chunks.push(chunk);
      else {
        stream.pause();
        resolve(null);
      }
    });
    stream.on('end', () => {
      const [only] = chunks;
      resolve(chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks));
    });
    stream.on('error', reject);
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new Error('The stream broke off.'));
    });
  });
}
