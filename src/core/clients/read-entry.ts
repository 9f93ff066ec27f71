import { stdioSpec } from '../server/stdio-spec.ts';
import { isObject, type JsonObject } from '../tool.ts';
import type { EntryFields } from './client.ts';
import type { ReachableSpec } from './configured-server.ts';
import { expandVariables, type VariableContext } from './expand-variables.ts';
import { own } from './own.ts';
import { hasOneOf, reached } from './way-to-reach.ts';

/** What one entry of a config file says. */
export interface Entry {
  readonly spec: ReachableSpec;
  readonly written: ReachableSpec;
  readonly unresolved: readonly string[];
  readonly disabled: boolean;
  /** The keys under which the parts stand in the entry. */
  readonly keys: { readonly [Part in 'command' | 'args' | 'env' | 'url' | 'headers']?: string };
}

/** Reads an entry as the client's fields say; null where it is no server, and undefined where nobody can tell what it is. */
export function readEntry(
  name: string,
  raw: unknown,
  fields: EntryFields,
  context: VariableContext,
): Entry | null | undefined {
  if (!isObject(raw)) return undefined;
  if (Object.keys(fields.noServer).some((key) => hasOneOf(raw, key, fields.noServer[key]))) return null;
  const entry = reached(name, unnested(raw, fields), fields);
  const keys = keysOf(entry, fields);
  const written = writtenSpec(name, entry, fields, keys);
  if (written === null) return undefined;
  const { spec, unresolved } = expandSpec(written, context);
  return { spec, written, unresolved, disabled: raw.disabled === true || raw.enabled === false, keys };
}

/** Brings what stands inside an object of the entry to its top. */
function unnested(raw: JsonObject, { within }: EntryFields): JsonObject {
  const inner = within.map((key) => own(raw, key)).find(isObject);
  return inner === undefined ? raw : { ...raw, ...inner };
}

function keysOf(entry: JsonObject, fields: EntryFields): Entry['keys'] {
  const keys = (['command', 'args', 'env', 'url', 'headers'] as const).flatMap((part) => {
    const key = fields[part].find((spelling) => own(entry, spelling) != null);
    return key === undefined ? [] : [[part, key]];
  });
  return Object.fromEntries(keys);
}

function writtenSpec(name: string, entry: JsonObject, fields: EntryFields, keys: Entry['keys']): ReachableSpec | null {
  const words = commandWords(valueAt(entry, keys.command), valueAt(entry, keys.args));
  const url = valueAt(entry, keys.url);
  if (words !== null) {
    const [command = '', ...args] = words;
    const handedOn = fields.environmentNames.flatMap((key) => strings(own(entry, key)));
    const cwd = fields.cwd.map((key) => own(entry, key)).find((value) => typeof value === 'string');
    const env = {
      ...Object.fromEntries(handedOn.map((variable) => [variable, `\${env:${variable}}`])),
      ...textMap(commandObject(entry, keys)?.env),
      ...textMap(valueAt(entry, keys.env)),
    };
    return stdioSpec({ name, command, args, env, ...(typeof cwd === 'string' && cwd !== '' && { cwd }) });
  }
  if (typeof url !== 'string' || url.trim() === '') return null;
  const bearer = fields.bearerVariable.map((key) => own(entry, key)).find((value) => typeof value === 'string');
  const fromVariables = fields.headerVariables.flatMap((key) => Object.entries(textMap(own(entry, key))));
  const headers = {
    ...textMap(valueAt(entry, keys.headers)),
    ...Object.fromEntries(fromVariables.map(([header, variable]) => [header, `\${env:${variable}}`])),
    ...(bearer !== undefined && { Authorization: `Bearer \${env:${String(bearer)}}` }),
  };
  return { kind: 'http', name, url: url.trim(), headers };
}

function commandObject(entry: JsonObject, { command }: Entry['keys']): JsonObject | undefined {
  const value = valueAt(entry, command);
  return isObject(value) ? value : undefined;
}

/** A program and its arguments: a string and a list, one list, or an object of path and arguments. */
function commandWords(command: unknown, args: unknown): string[] | null {
  const words = isObject(command)
    ? [...strings([command.path]), ...strings(command.args)]
    : [...(Array.isArray(command) ? strings(command) : strings([command])), ...strings(args)];
  return typeof words[0] === 'string' && words[0].trim() !== '' && hasProgram(command) ? words : null;
}

function hasProgram(command: unknown): boolean {
  const program = Array.isArray(command) ? command[0] : isObject(command) ? command.path : command;
  return typeof program === 'string';
}

function expandSpec(written: ReachableSpec, context: VariableContext): { spec: ReachableSpec; unresolved: string[] } {
  const unresolved = new Set<string>();
  const expand = (text: string): string => {
    const expanded = expandVariables(text, context);
    for (const reference of expanded.unresolved) unresolved.add(reference);
    return expanded.text;
  };
  const expandMap = (map: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(map).map(([key, value]) => [key, expand(value)]));
  const spec: ReachableSpec =
    written.kind === 'http'
      ? { ...written, url: expand(written.url), headers: expandMap(written.headers) }
      : stdioSpec({
          name: written.name,
          command: expand(written.command),
          args: written.args.map(expand),
          env: expandMap(written.env),
          ...(written.cwd !== undefined && { cwd: expand(written.cwd) }),
        });
  return { spec, unresolved: [...unresolved] };
}

function valueAt(entry: JsonObject, key: string | undefined): unknown {
  return key === undefined ? undefined : own(entry, key);
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

function strings(values: unknown): string[] {
  return Array.isArray(values) ? values.filter(isScalar).map(String) : [];
}

function textMap(value: unknown): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (isScalar(text) ? [[key, String(text)]] : [])),
  );
}
