import { statSync } from 'node:fs';

/**
 * Tells one state of a file from another without reading it; a file that is gone or out of reach has a stamp too.
 * Takes a few microseconds, so that it can be asked before every use.
 */
export function fileStamp(path: string): string {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    return `none: ${(error as NodeJS.ErrnoException).code}`;
  }
}
