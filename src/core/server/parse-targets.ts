import { nearestNames } from '../nearest-names.ts';
import { maskArguments } from '../secrets/secret-looking.ts';
import { UserError } from '../user-error.ts';
import { commandName, fileName, hostName, packageName, uniqueNames } from './server-name.ts';
import type { HttpSpec, ServerSpec, StdioSpec } from './server-spec.ts';
import { stdioSpec } from './stdio-spec.ts';

/** What the words of a command line are read with. */
export interface TargetContext {
  readonly isFile: (path: string) => boolean;
  /** Given to every process that is started. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Servers that were named before, by their names: of the project file, and of clients' configurations. */
  readonly named?: NamedServers;
}

/** The words that are names, and what they stand for; and every name that could have been meant. */
export interface NamedServers {
  readonly specs: ReadonlyMap<string, StdioSpec | HttpSpec>;
  readonly names: readonly string[];
}

/** `npm:` and `pypi:` with a name that cannot be taken for an option of the launcher. */
const PACKAGE_TARGET = /^(npm|pypi):((?:@[\w.~-]+\/)?[A-Za-z0-9_~][^\s@]*(?:@\S*)?)$/;

/**
 * The servers a command line names. A word after `npm:PACKAGE` or `pypi:PACKAGE` that is no such target or URL itself
 * is an argument of that package, even where a file has its name. Throws UserError for a word that is no target.
 */
export function parseTargets(
  words: readonly string[],
  afterDashes: readonly string[],
  context: TargetContext,
): ServerSpec[] {
  const groups = groupedByTarget(words);
  const last = groups.at(-1);
  if (last !== undefined && isPackageTarget(last[0] ?? '')) last.push(...afterDashes);
  const understood = groups.map((group) => parseTarget(group, context));
  const unknown = groups.flatMap(([head = ''], at) => (understood[at] === null ? [head] : []));
  if (unknown.length > 0) throw targetNotUnderstood(unknown, context.named?.names);
  const specs = understood.filter((spec) => spec !== null);
  if (afterDashes.length > 0 && !isPackageTarget(last?.[0] ?? '')) specs.push(commandSpec(afterDashes, context));
  if (Object.keys(context.headers).length > 0) refuseSeveralHosts(specs);
  const names = uniqueNames(specs.map(({ name }) => name));
  return specs.map((spec, at) => ({ ...spec, name: names[at] ?? spec.name }));
}

/** The words that could be names: what they stand for is looked up before the targets are parsed. */
export function possibleNames(words: readonly string[], context: TargetContext): string[] {
  const heads = groupedByTarget(words).map(([head = '']) => head);
  return heads.filter((head) => !isPackageTarget(head) && !isUrl(head) && parseTarget([head], context) === null);
}

function groupedByTarget(words: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const word of words) {
    const isQuoted = /^(?:npm|pypi):\S*\s/.test(word);
    const [head = '', ...args] = isQuoted ? word.split(/\s+/).filter((part) => part !== '') : [word];
    const last = groups.at(-1);
    if (last !== undefined && isPackageTarget(last[0] ?? '') && !isPackageTarget(head) && !isUrl(head)) last.push(word);
    else groups.push([head, ...args]);
  }
  return groups;
}

const isPackageTarget = (word: string): boolean => /^(?:npm|pypi):/.test(word);
const isUrl = (word: string): boolean => /^https?:\/\//i.test(word);

function parseTarget([head = '', ...args]: readonly string[], context: TargetContext): ServerSpec | null {
  if (isUrl(head)) return URL.canParse(head) ? httpSpec(head, context) : null;
  if (isPackageTarget(head)) return packageSpec(head, args, context);
  if (head.endsWith('.json') || context.isFile(head)) return { kind: 'file', name: fileName(head), path: head };
  const named = context.named?.specs.get(head);
  return named === undefined ? null : withGiven(named, context);
}

/** What the command line gives comes on top of what was written down. */
function withGiven(spec: StdioSpec | HttpSpec, { env, cwd, headers }: TargetContext): StdioSpec | HttpSpec {
  if (spec.kind === 'http') return { ...spec, headers: { ...spec.headers, ...headers } };
  return { ...spec, env: { ...spec.env, ...env }, ...(cwd !== undefined && { cwd }) };
}

function httpSpec(url: string, { headers }: TargetContext): HttpSpec {
  return { kind: 'http', name: hostName(new URL(url)), url, headers };
}

function packageSpec(target: string, args: readonly string[], { env, cwd }: TargetContext): StdioSpec | null {
  const [, registry, requested] = PACKAGE_TARGET.exec(target) ?? [];
  if (registry === undefined || requested === undefined) return null;
  // uvx reads a version after "@"; "==" it reads only behind --from.
  const launch = registry === 'npm' ? ['npx', '-y', requested] : ['uvx', requested.replace(/==/, '@')];
  const [command = '', ...launcherArgs] = launch;
  const name = packageName(requested);
  return stdioSpec({ name, command, args: [...launcherArgs, ...args], env, ...(cwd !== undefined && { cwd }) });
}

function commandSpec(words: readonly string[], { env, cwd }: TargetContext): StdioSpec {
  const [command = '', ...args] = words;
  // The name is printed, so it is made of what may be printed.
  const [shown = '', ...shownArgs] = maskArguments(words);
  const name = commandName(shown, shownArgs);
  return stdioSpec({ name, command, args, env, ...(cwd !== undefined && { cwd }) });
}

/** Headers are credentials of one host; a second one would be handed them without anybody having said so. */
function refuseSeveralHosts(specs: readonly ServerSpec[]): void {
  const origins = new Set(specs.flatMap((spec) => (spec.kind === 'http' ? [originOf(spec.url)] : [])));
  if (origins.size > 1) throw headersForSeveralHosts([...origins]);
}

/** One that was written down may still hold placeholders. */
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

export function targetNotUnderstood(words: readonly string[], names: readonly string[] = []): UserError {
  const near = words.flatMap((word) => nearestNames(word, names)).map((name) => `"${name}"`);
  const named = maskArguments(words).map((word) => `"${word}"`);
  const scoped = words.find((word) => /^@[\w.-]+\/[\w.-]+/.test(word));
  return new UserError({
    code: 'TARGET_NOT_UNDERSTOOD',
    message: `Cannot tell which server ${named.join(' and ')} ${named.length > 1 ? 'are' : 'is'}.`,
    because: `It is no URL, package, existing file, or name of a server in policylayer.yaml or a client's configuration.`,
    hint: `${scoped === undefined ? '' : `Did you mean npm:${scoped}? `}${near.length === 0 ? '' : `Did you mean ${near.slice(0, 3).join(' or ')}? `}Give such a name, an http(s):// URL, npm:PACKAGE, pypi:PACKAGE, a JSON file, or a command after "--", as in -- node server.js.`,
  });
}

export function headersForSeveralHosts(origins: readonly string[]): UserError {
  return new UserError({
    code: 'HEADERS_FOR_SEVERAL_HOSTS',
    message: 'The headers would be sent to more than one host.',
    because: `The targets are at ${origins.join(' and ')}.`,
    hint: 'Scan one host at a time, so that each receives only its own headers.',
  });
}
