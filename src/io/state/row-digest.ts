import { createHash } from 'node:crypto';

/** Binds a row to all rows before it. */
export function rowDigest(previous: string, rowText: string): string {
  return createHash('sha256').update(`${previous}\n${rowText}`).digest('hex');
}
