import { maskAddress, maskArguments } from '../../core/secrets/secret-looking.ts';
import type { ServerSpec } from '../../core/server/server-spec.ts';
import type { TargetFlags } from '../options.ts';
import type { CommandLine } from './command-line.ts';

/** The arguments of `scan` that reach the same servers again; null where one is secret, since it must not be printed. */
export function repeatedWords(
  { words, afterDashes, flags }: CommandLine<TargetFlags>,
  specs: readonly ServerSpec[],
): readonly string[] | null {
  const { header = [], tokenEnv, env = [], cwd, timeout } = flags;
  if (header.length > 0 || env.some((variable) => variable.includes('=')) || !specs.every(isShownWhole)) return null;
  return [
    ...(tokenEnv === undefined ? [] : ['--token-env', tokenEnv]),
    ...env.flatMap((name) => ['--env', name]),
    ...(cwd === undefined ? [] : ['--cwd', cwd]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
    ...words,
    ...(afterDashes.length > 0 ? ['--', ...afterDashes] : []),
  ];
}

/** An address loses its secrets without a trace, so what would be shown is compared with what was given. */
function isShownWhole(spec: ServerSpec): boolean {
  // Of a server that has a name the name is shown.
  if (spec.kind === 'file' || spec.filledIn !== undefined) return true;
  if (spec.kind === 'http') return maskAddress(spec.url) === spec.url;
  const words = [spec.command, ...spec.args];
  return maskArguments(words).every((shown, at) => shown === words[at]);
}
