import type { EntryFields } from '../clients/client.ts';
import { commandWords } from '../clients/command-words.ts';
import type { ReachableSpec } from '../clients/configured-server.ts';
import { placeholder, placeholdersIn, valuesBetween } from '../project/placeholder.ts';
import type { ProjectServer } from '../project/project.ts';

export interface MovedValues {
  /** What the entry's environment has to have, by name, as the entry writes it. */
  readonly values: ReadonlyMap<string, string>;
  /** Variables that the client itself has and can hand on by name. */
  readonly handedOn: readonly string[];
  /** Names of values that the entry does not have, so that only the client's own environment can. */
  readonly fromEnvironment: readonly string[];
}

/**
 * The values that the project file leaves open and the entry holds: secrets in its headers, its address and its arguments.
 * They move into its environment, which nobody else on the machine can read, and where the gateway looks for them.
 */
export function valuesForEnvironment(written: ReachableSpec, server: ProjectServer, fields: EntryFields): MovedValues {
  const pairs = textPairs(written, server);
  const asked = [...new Set(pairs.flatMap(([template]) => placeholdersIn(template)))];
  const held = new Map(
    pairs.flatMap(([template, text]) => [...(text === undefined ? [] : (valuesBetween(template, text) ?? []))]),
  );
  const own = written.kind === 'stdio' ? written.env : {};
  const values = new Map<string, string>();
  const handedOn: string[] = [];
  const fromEnvironment: string[] = [];
  for (const name of asked) {
    if (Object.hasOwn(own, name)) continue;
    const value = held.get(name);
    const isByName = value === placeholder(name) && (written.kind === 'http' ? namesVariables(fields) : false);
    if (value === undefined || (isByName && fields.environmentNames.length === 0)) fromEnvironment.push(name);
    else if (isByName) handedOn.push(name);
    else values.set(name, value);
  }
  return { values, handedOn, fromEnvironment };
}

/** Such a client says which variable holds a header, and does not read `${env:NAME}`. */
const namesVariables = ({ bearerVariable, headerVariables }: EntryFields): boolean =>
  bearerVariable.length + headerVariables.length > 0;

/** What the project file writes, and what the entry has in its place. */
function textPairs(written: ReachableSpec, server: ProjectServer): (readonly [string, string | undefined])[] {
  const { command = '', args = [], cwd, url = '', env = {}, headers = {} } = server;
  if (written.kind === 'http') return [[url, written.url], ...byName(headers, written.headers)];
  const words = commandWords(written.command, written.args);
  return [
    ...commandWords(command, args).map((word, at) => [word, words[at]] as const),
    ...(cwd === undefined ? [] : [[cwd, written.cwd] as const]),
    ...byName(env, written.env),
  ];
}

function byName(
  templates: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>>,
): (readonly [string, string | undefined])[] {
  return Object.entries(templates).map(([name, template]) => [
    template,
    Object.hasOwn(texts, name) ? texts[name] : undefined,
  ]);
}
