import { parseTargets } from '../core/parse-targets.ts';
import { printableTarget } from '../core/printable-target.ts';
import type { ServerSpec } from '../core/server-spec.ts';
import { isFile } from '../io/is-file.ts';
import { sourceOf } from '../io/source-of.ts';
import type { ToolSource } from '../io/tool-source.ts';
import { optionWithoutUse } from './cli-errors.ts';
import type { TargetFlags } from './options.ts';
import { parseEnvironment, parseHeaders, tokenHeader } from './pairs.ts';
import { repeatedWords } from './repeated-words.ts';
import type { Terminal } from './terminal.ts';
import { userFolderOf } from './user-folder-of.ts';

export interface Targets {
  readonly sources: readonly ToolSource[];
  /** The command lines that will be run, printable. */
  readonly started: readonly string[];
  /** The arguments that name the same targets again; null where they hold a secret. */
  readonly repeatable: readonly string[] | null;
}

/** The servers that a command line names. Nothing is started or connected yet. */
export function findTargets(
  words: readonly string[],
  afterDashes: readonly string[],
  flags: TargetFlags,
  { env }: Pick<Terminal, 'env'>,
): Targets {
  const specs = parseTargets(words, afterDashes, {
    isFile,
    env: parseEnvironment(flags.env ?? [], env),
    headers: { ...parseHeaders(flags.header ?? []), ...tokenHeader(flags, env) },
    ...(flags.cwd !== undefined && { cwd: flags.cwd }),
  });
  refuseUnused(flags, specs);
  const userFolder = userFolderOf(env);
  return {
    sources: specs.map((spec) => sourceOf(spec, { timeoutMs: flags.timeout && flags.timeout * 1000, userFolder })),
    started: specs.filter(({ kind }) => kind === 'stdio').map(printableTarget),
    repeatable: repeatedWords(words, afterDashes, flags, specs),
  };
}

/** A flag that is silently ignored is a server that was scanned in another way than its user thinks. */
function refuseUnused({ header, tokenEnv, env, cwd }: TargetFlags, specs: readonly ServerSpec[]): void {
  const has = (kind: ServerSpec['kind']) => specs.some((spec) => spec.kind === kind);
  if (header !== undefined && !has('http')) throw optionWithoutUse('--header', 'URL');
  if (tokenEnv !== undefined && !has('http')) throw optionWithoutUse('--token-env', 'URL');
  if (env !== undefined && !has('stdio')) throw optionWithoutUse('--env', 'command or package');
  if (cwd !== undefined && !has('stdio')) throw optionWithoutUse('--cwd', 'command or package');
}
