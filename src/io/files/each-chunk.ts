import type { Readable } from 'node:stream';

/**
 * Hands over every chunk as soon as it is there, and resolves when there are no more, for whatever reason. Where `take`
 * returns a promise, nothing is read until it has resolved. (An async iterator does the same, and takes longer.)
 */
export function eachChunk(stream: Readable, take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
  return new Promise((resolve) => {
    let taking: Promise<void> | undefined;
    const finish = (): void => void Promise.resolve(taking).then(() => resolve());
    stream.on('data', (chunk: Buffer) => {
      taking = take(chunk);
      if (taking === undefined) return;
      stream.pause();
      void taking.finally(() => stream.resume());
    });
    for (const end of ['end', 'close', 'error']) stream.on(end, finish);
  });
}
