import { hash } from 'node:crypto';

/** Binds a row to all rows before it. */
export function rowDigest(previous: string, rowText: string): string {
  return hash('sha256', `${previous}\n${rowText}`, 'hex');
}
