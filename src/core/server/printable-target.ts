import { MASK, maskAddress, maskArguments } from '../secrets/secret-looking.ts';
import type { ServerSpec } from './server-spec.ts';

/**
 * How a server is reached, as a person would type it, without secrets: environment and headers are left out,
 * addresses lose user and query, secret-looking words become `***`.
 */
export function printableTarget(spec: ServerSpec): string {
  if (spec.kind === 'file') return spec.path;
  if (spec.filledIn !== undefined) return spec.filledIn.target;
  if (spec.kind === 'http') return maskAddress(spec.url);
  return maskArguments([spec.command, ...spec.args])
    .map(shellQuoted)
    .join(' ');
}

function shellQuoted(word: string): string {
  const isPlain = /^[\w@%+=:,./~\\-]+$/.test(word.replaceAll(MASK, '_'));
  return isPlain ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
