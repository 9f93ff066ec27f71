import { parseTargets, possibleNames } from '../../core/server/parse-targets.ts';
import type { ServerSpec } from '../../core/server/server-spec.ts';
import { isFile } from '../../io/files/is-file.ts';
import { sourceOf } from '../../io/tools/source-of.ts';
import type { ToolSource } from '../../io/tools/tool-source.ts';
import type { TargetFlags } from '../options.ts';
import type { Search } from '../scan/report-on.ts';
import type { Terminal } from '../terminal.ts';
import { userFolderOf } from '../user-folder-of.ts';
import { announcements } from './announcements.ts';
import type { CommandLine } from './command-line.ts';
import { parseEnvironment, parseHeaders, tokenHeader } from './pairs.ts';
import { repeatedWords } from './repeated-words.ts';
import { optionWithoutUse } from './target-errors.ts';

export interface Targets {
  readonly sources: readonly ToolSource[];
  /** What will be started, printable. */
  readonly announcements: readonly string[];
  /** The arguments that name the same targets again; null where they hold a secret. */
  readonly repeatable: readonly string[] | null;
  /** All of them stand under their names in a project file or with a client. */
  readonly areKnown?: boolean;
  /** Where the servers were looked for rather than named. */
  readonly search?: Search;
}

/** The servers that a command line names. Nothing is started or connected yet. */
export async function findTargets(
  line: CommandLine<TargetFlags>,
  terminal: Pick<Terminal, 'env' | 'machine'>,
): Promise<Targets> {
  const specs = await findSpecs(line, terminal);
  return {
    sources: sourcesOf(specs, line.flags, terminal.env),
    announcements: announcements(specs),
    repeatable: repeatedWords(line, specs),
    areKnown: specs.every(isFilledIn),
  };
}

/** How the servers that a command line names are reached. */
export async function findSpecs(
  { words, afterDashes, flags }: CommandLine<TargetFlags>,
  { env, machine }: Pick<Terminal, 'env' | 'machine'>,
): Promise<ServerSpec[]> {
  const context = {
    isFile,
    env: parseEnvironment(flags.env ?? [], env),
    headers: { ...parseHeaders(flags.header ?? []), ...tokenHeader(flags, env) },
    ...(flags.cwd !== undefined && { cwd: flags.cwd }),
  };
  const names = possibleNames(words, context);
  const named = names.length === 0 ? null : await findNamed(names, { ...machine, env: { ...env, ...context.env } });
  const specs = parseTargets(words, afterDashes, { ...context, ...(named !== null && { named }) });
  refuseUnused(flags, specs);
  return specs;
}

export function sourcesOf(
  specs: readonly ServerSpec[],
  { timeout }: Pick<TargetFlags, 'timeout'>,
  env: Terminal['env'],
): ToolSource[] {
  const options = { timeoutMs: timeout && timeout * 1000, userFolder: userFolderOf(env) };
  return specs.map((spec) => sourceOf(spec, options));
}

/** Loaded only here: most words are no names. */
async function findNamed(names: readonly string[], machine: Terminal['machine']) {
  return (await import('../../workflows/find-named-servers.ts')).findNamedServers(names, machine);
}

/** A flag that is silently ignored is a server that was scanned in another way than its user thinks. */
function refuseUnused({ header, tokenEnv, env, cwd }: TargetFlags, specs: readonly ServerSpec[]): void {
  const has = (kind: ServerSpec['kind']) => specs.some((spec) => spec.kind === kind);
  if (header !== undefined && !has('http')) throw optionWithoutUse('--header', 'URL');
  if (tokenEnv !== undefined && !has('http')) throw optionWithoutUse('--token-env', 'URL');
  if (env !== undefined && !has('stdio') && !specs.some(isFilledIn))
    throw optionWithoutUse('--env', 'command or package');
  if (cwd !== undefined && !has('stdio')) throw optionWithoutUse('--cwd', 'command or package');
}

/** Values given on the command line are put in for placeholders as well. */
const isFilledIn = (spec: ServerSpec): boolean => spec.kind !== 'file' && spec.filledIn !== undefined;
