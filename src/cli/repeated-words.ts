import { printableTarget } from '../core/printable-target.ts';
import type { ServerSpec } from '../core/server-spec.ts';
import type { TargetFlags } from './options.ts';

const MASK = '***';

/** The arguments of `scan` that reach the same servers again; null where one is secret, since it must not be printed. */
export function repeatedWords(
  words: readonly string[],
  afterDashes: readonly string[],
  { header = [], env = [], cwd, timeout }: TargetFlags,
  specs: readonly ServerSpec[],
): readonly string[] | null {
  if (header.length > 0 || env.some((variable) => variable.includes('=')) || !specs.every(isShownWhole)) return null;
  return [
    ...env.flatMap((name) => ['--env', name]),
    ...(cwd === undefined ? [] : ['--cwd', cwd]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
    ...words,
    ...(afterDashes.length > 0 ? ['--', ...afterDashes] : []),
  ];
}

function isShownWhole(spec: ServerSpec): boolean {
  const shown = printableTarget(spec);
  return spec.kind === 'http' ? shown === spec.url : !shown.includes(MASK);
}
