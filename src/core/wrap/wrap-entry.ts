/** How an entry of a client's config file comes to run behind the gateway. */
import type { EntryFields } from '../clients/client.ts';
import type { DocumentPath } from '../clients/config-document.ts';
import type { ReachableSpec } from '../clients/configured-server.ts';
import type { ProjectServer } from '../project/project.ts';
import { isObject, type JsonObject } from '../tool.ts';
import { type EntryChange, valueAt } from './entry-change.ts';
import { valuesForEnvironment } from './moved-values.ts';

export interface EntryToWrap {
  /** As the file has it. */
  readonly raw: JsonObject;
  readonly written: ReachableSpec;
  readonly fields: EntryFields;
  /** The same server in the project file. */
  readonly server: ProjectServer;
  /** What the entry is to run. */
  readonly command: readonly string[];
}

export interface WrappedEntry {
  readonly changes: readonly EntryChange[];
  /** Names of values that only the environment of the client can have. */
  readonly fromEnvironment: readonly string[];
}

/** Everything else of the entry stays: its environment, whether it is on, what is approved. */
export function wrapEntry({ raw, written, fields, server, command }: EntryToWrap): WrappedEntry {
  const place = placeOfParts(raw, fields);
  const commandKey = spelling(place.object, fields.command);
  const anchor = spelling(place.object, fields.url);
  const { values, handedOn, fromEnvironment } = valuesForEnvironment(written, server, fields);
  const changes = [
    ...typeChange(place.object, fields, { isRemote: written.kind === 'http' }),
    ...commandChanges(place.object, fields, { command, commandKey, anchor, isRemote: written.kind === 'http' }),
    ...environmentChanges(place.object, fields, { values, commandKey }),
    ...handedOnChange(place.object, fields, handedOn),
    ...(written.kind === 'http'
      ? remoteKeys(place.object, fields).map((key) => ({ path: [key], value: undefined }))
      : []),
  ];
  return {
    changes: changes.map((change) => ({ ...change, path: [...place.path, ...change.path] })),
    fromEnvironment,
  };
}

/** The object that says how the server is reached: the entry, or one inside it. */
export function placeOfParts(
  raw: JsonObject,
  { within, command, url }: EntryFields,
): { path: DocumentPath; object: JsonObject } {
  for (const key of within) {
    const inner = valueAt(raw, [key]);
    if (isObject(inner) && [...command, ...url].some((part) => valueAt(inner, [part]) != null))
      return { path: [key], object: inner };
  }
  return { path: [], object: raw };
}

/** Some clients let an entry leave out how it is reached, and know it otherwise. */
export function saysHowReached(raw: JsonObject, fields: EntryFields): boolean {
  const { object } = placeOfParts(raw, fields);
  return spelling(object, [...fields.command, ...fields.url]) !== undefined;
}

/** The keys that only an entry of an address has. */
export function remoteKeys(object: JsonObject, fields: EntryFields): string[] {
  const keys = [...fields.url, ...fields.headers, ...fields.bearerVariable, ...fields.headerVariables];
  return keys.filter((key) => Object.hasOwn(object, key));
}

/** The keys under which clients say whether a server is a command or an address. */
export const TYPE_KEYS = ['type', 'transport', 'transportType'];

export function spelling(object: JsonObject, spellings: readonly string[]): string | undefined {
  return spellings.find((key) => valueAt(object, [key]) != null);
}

function typeChange(object: JsonObject, fields: EntryFields, { isRemote }: { isRemote: boolean }): EntryChange[] {
  if (!isRemote) return [];
  return TYPE_KEYS.filter((key) => typeof valueAt(object, [key]) === 'string').map((key) => ({
    path: [key],
    value: startedType(object, fields) ?? 'stdio',
  }));
}

function startedType(object: JsonObject, { startedTypes }: EntryFields): string | undefined {
  const type = TYPE_KEYS.map((key) => valueAt(object, [key])).find((value) => typeof value === 'string');
  return typeof type === 'string' && Object.hasOwn(startedTypes, type) ? startedTypes[type] : undefined;
}

interface CommandParts {
  readonly command: readonly string[];
  readonly commandKey: string | undefined;
  readonly anchor: string | undefined;
  readonly isRemote: boolean;
}

/** The command in the shape in which the entry has one: a word and a list, one list, or an object of both. */
function commandChanges(
  object: JsonObject,
  fields: EntryFields,
  { command, commandKey, anchor, isRemote }: CommandParts,
): EntryChange[] {
  const [program = '', ...args] = command;
  const key = commandKey ?? fields.command[0] ?? 'command';
  const argsKey = spelling(object, fields.args);
  const before = anchor === undefined ? {} : { before: anchor };
  const held = valueAt(object, [key]);
  if (isObject(held))
    return [
      { path: [key, 'path'], value: program },
      { path: [key, 'args'], value: args },
    ];
  if (Array.isArray(held) || (isRemote && startedType(object, fields) !== undefined))
    return [
      { path: [key], value: [...command], ...before },
      ...(argsKey === undefined ? [] : [{ path: [argsKey], value: undefined }]),
    ];
  return [
    { path: [key], value: program, ...before },
    { path: [argsKey ?? fields.args[0] ?? 'args'], value: args, ...before },
  ];
}

function environmentChanges(
  object: JsonObject,
  fields: EntryFields,
  { values, commandKey }: { values: ReadonlyMap<string, string>; commandKey: string | undefined },
): EntryChange[] {
  if (values.size === 0) return [];
  const path = environmentPath(object, fields, commandKey);
  const held = valueAt(object, path);
  if (!isObject(held)) return [{ path, value: Object.fromEntries(values) }];
  return [...values].map(([name, value]) => ({ path: [...path, name], value }));
}

/** Where the entry has its environment, or is to have it. */
function environmentPath(object: JsonObject, { env }: EntryFields, commandKey: string | undefined): DocumentPath {
  const key = spelling(object, env);
  if (key !== undefined) return [key];
  if (commandKey !== undefined && isObject(valueAt(object, [commandKey, 'env']))) return [commandKey, 'env'];
  return [env[0] ?? 'env'];
}

function handedOnChange(
  object: JsonObject,
  { environmentNames }: EntryFields,
  names: readonly string[],
): EntryChange[] {
  const key = spelling(object, environmentNames) ?? environmentNames[0];
  if (key === undefined) return [];
  const held = valueAt(object, [key]);
  const list: readonly unknown[] = Array.isArray(held) ? held : [];
  const added = names.filter((name) => !list.includes(name));
  return added.length === 0 ? [] : [{ path: [key], value: [...list, ...added] }];
}
