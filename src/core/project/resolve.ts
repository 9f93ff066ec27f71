import { commandWords } from '../clients/command-words.ts';
import { printableTarget } from '../server/printable-target.ts';
import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import type { HeldServer } from './opened-spec.ts';
import { fillPlaceholders, placeholdersIn, valuesBetween } from './placeholder.ts';
import type { ProjectServer } from './project.ts';
import { writtenSpec } from './written-spec.ts';

/** Where the values come from that a project file leaves open. */
export interface ResolveContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Servers of the clients' configurations, those to be asked first in front. */
  readonly held: readonly HeldServer[];
}

/**
 * The server with its values put in: from the environment, else from a client's configuration that holds the same
 * server. The same is the same command with the same arguments, or the same address, whatever stands for a placeholder.
 * Where a value is nowhere, nothing is put in, and the spec says what it lacks.
 */
export function resolveServer(
  name: string,
  server: ProjectServer,
  { env, held }: ResolveContext,
): StdioSpec | HttpSpec {
  const written = writtenSpec(name, server);
  const target = printableTarget(written);
  const asked = placeholdersIn(textsOf(written).join('\n'));
  const values = new Map(
    asked.flatMap((variable) => entryOf(variable, Object.hasOwn(env, variable) ? env[variable] : undefined)),
  );
  const others = asked.filter((variable) => !values.has(variable));
  // All from one: values of two servers that look alike must not be mixed.
  const found = others.length === 0 ? [] : held.map((holder) => valuesFrom(written, holder));
  const all = found.filter((given) => others.every((variable) => given.has(variable)));
  const whole = all.find((given) => others.every((variable) => given.get(variable) !== '')) ?? all[0];
  if (whole === undefined && others.length > 0) {
    const most = found.sort((a, b) => b.size - a.size)[0];
    const missing = others.filter((variable) => !most?.has(variable));
    return { ...written, filledIn: { target, secrets: [], given: [], missing } };
  }
  for (const variable of others) values.set(variable, whole?.get(variable) ?? '');
  return { ...filled(written, values), filledIn: { target, secrets: [...values.values()], given: asked, missing: [] } };
}

const entryOf = (name: string, value: string | undefined): (readonly [string, string])[] =>
  value === undefined ? [] : [[name, value]];

function textsOf(spec: StdioSpec | HttpSpec): string[] {
  if (spec.kind === 'http') return [spec.url, ...Object.values(spec.headers)];
  return [spec.command, ...spec.args, ...Object.values(spec.env), spec.cwd ?? ''];
}

function filled(spec: StdioSpec | HttpSpec, values: ReadonlyMap<string, string>): StdioSpec | HttpSpec {
  const fill = (text: string): string => fillPlaceholders(text, values);
  const fillAll = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, fill(text)]));
  if (spec.kind === 'http') return { ...spec, url: fill(spec.url), headers: fillAll(spec.headers) };
  return {
    ...spec,
    command: fill(spec.command),
    args: spec.args.map(fill),
    env: fillAll(spec.env),
    ...(spec.cwd !== undefined && { cwd: fill(spec.cwd) }),
  };
}

/** What stands for the placeholders of command and arguments, or of the address; null where it is another server. */
function identityValues(written: StdioSpec | HttpSpec, held: StdioSpec | HttpSpec): [string, string][] | null {
  const [identity, heldIdentity] = [identityOf(written), identityOf(held)];
  if (written.kind !== held.kind || identity.length !== heldIdentity.length) return null;
  const parts = identity.map((text, at) => valuesBetween(text, heldIdentity[at] ?? ''));
  return parts.includes(null) ? null : parts.flatMap((values) => [...(values ?? [])]);
}

/** What a configuration says of the placeholders; nothing where it holds another server. */
function valuesFrom(written: StdioSpec | HttpSpec, { spec, unresolved }: HeldServer): ReadonlyMap<string, string> {
  const inIdentity = identityValues(written, spec);
  if (inIdentity === null) return new Map();
  const heldSettings = settingsOf(spec);
  const settings = Object.entries(settingsOf(written)).map(([key, text]) => {
    const value = Object.hasOwn(heldSettings, key) ? heldSettings[key] : undefined;
    return value === undefined ? null : valuesBetween(text, value);
  });
  const found = [...inIdentity, ...settings.flatMap((values) => [...(values ?? [])])];
  return new Map(found.filter(([, value]) => !unresolved.some((variable) => value.includes(variable))));
}

/**
 * Narrower than `isSameServer`: the program and the address as they are written. A project file may come from somebody else,
 * and its `./npx` must not be given what a client's `npx` gets.
 */
const identityOf = (spec: StdioSpec | HttpSpec): readonly string[] =>
  spec.kind === 'http' ? [spec.url] : [spec.command, ...commandWords(spec.command, spec.args)];

const settingsOf = (spec: StdioSpec | HttpSpec): Readonly<Record<string, string>> =>
  spec.kind === 'http' ? spec.headers : spec.env;
