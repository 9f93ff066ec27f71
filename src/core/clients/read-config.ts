/** What one config file of a client says: its servers, and what is dangerous in it. */
import { isObject } from '../tool.ts';
import type { Client, ConfigFile, Danger } from './client.ts';
import { type ConfigDocument, membersOf, type Place, placesOf } from './config-document.ts';
import {
  type ConfigFinding,
  dangerousSetting,
  entriesLeftOut,
  entryNotUnderstood,
  lessSerious,
} from './config-finding.ts';
import type { ConfigScope, ConfiguredServer } from './configured-server.ts';
import { findingsIn } from './entry-findings.ts';
import type { Home } from './home.ts';
import { readEntry } from './read-entry.ts';

/** A config file that is there. */
export interface FoundFile {
  readonly client: Client;
  readonly declared: ConfigFile;
  /** Absolute. */
  readonly path: string;
  readonly home: Home;
  readonly project?: string;
}

export interface ConfigRead {
  readonly servers: readonly ConfiguredServer[];
  readonly findings: readonly ConfigFinding[];
}

/** A file of a hostile project must not keep us busy. */
const MAX_ENTRIES = 500;

export function readConfig(document: ConfigDocument, file: FoundFile): ConfigRead {
  const entries = [
    ...file.declared.servers.flatMap((keys) => entriesAt(document, keys)),
    ...onlyEntry(document, file.declared.server),
  ];
  const read = entries.slice(0, MAX_ENTRIES).map((place) => readServer(place, document, file));
  const servers = read.flatMap(({ server }) => (server === null ? [] : [server]));
  const disabled = new Set(servers.filter((server) => server.disabled).map(({ name }) => name));
  const findings = [
    ...read.flatMap(({ findings }) => findings),
    ...(entries.length > MAX_ENTRIES ? [{ ...entriesLeftOut(MAX_ENTRIES), ...placeOf(file, 1) }] : []),
    ...dangersIn(document, file, disabled),
  ];
  return { servers, findings };
}

/** A file that is a map of servers from its top also holds other things: there only what looks like a server counts. */
function entriesAt({ content }: ConfigDocument, keys: readonly string[]): Place[] {
  return placesOf(content, [...keys, '<server>']).filter(({ value }) => keys.length > 0 || looksLikeServer(value));
}

function onlyEntry({ content }: ConfigDocument, keys: readonly string[] | undefined): Place[] {
  if (keys === undefined || !isObject(content)) return [];
  const server = Object.hasOwn(content, 'name') && typeof content.name === 'string' ? content.name : '';
  return placesOf(content, keys).map((place) => ({ ...place, names: { server } }));
}

const looksLikeServer = (value: unknown): boolean =>
  isObject(value) && (Object.hasOwn(value, 'command') || Object.hasOwn(value, 'url'));

function readServer(
  { path, value, names }: Place,
  document: ConfigDocument,
  file: FoundFile,
): { server: ConfiguredServer | null; findings: ConfigFinding[] } {
  const { client, declared, home } = file;
  const name = names.server ?? '';
  const project = names.project ?? file.project;
  const line = document.lineOf(path);
  const place = { ...placeOf(file, line), server: name };
  const entry = readEntry(name, value, client.fields, {
    env: home.env,
    known: { workspaceFolder: project, userHome: home.folder, ...foldersOf(file) },
    dollarNames: client.fields.dollarNames,
  });
  if (entry === null) return { server: null, findings: [] };
  if (entry === undefined) return { server: null, findings: [{ ...entryNotUnderstood(), ...place }] };
  const { spec, written, unresolved, disabled } = entry;
  const scope: ConfigScope = names.project === undefined ? declared.scope : 'project';
  return {
    server: {
      ...{ name, spec, written, unresolved, disabled, client: client.id, file: file.path, line, at: path, scope },
      isBroughtAlong: declared.scope === 'project',
      ...(project !== undefined && { project }),
    },
    findings: findingsIn(entry)
      .map(({ at, ...noticed }) => ({ ...noticed, ...place, line: document.lineOf([...path, ...at]) }))
      .flatMap((finding) => (disabled ? lessSerious(finding) : [finding])),
  };
}

function foldersOf({ declared, path }: FoundFile): Record<string, string> {
  const folder = path.replace(/[\\/][^\\/]*$/, '');
  const above = folder.replace(/[\\/][^\\/]*$/, '');
  return Object.fromEntries(Object.entries(declared.folders).map(([name, at]) => [name, at === '.' ? folder : above]));
}

/** Of several that fit one setting the first counts: the catalog has the worst first. */
function dangersIn(document: ConfigDocument, file: FoundFile, disabled: ReadonlySet<string>): ConfigFinding[] {
  const seen = new Set<string>();
  return file.client.dangerous.flatMap((danger) =>
    placesOf(document.content, danger.at)
      .filter(({ path, value }) => isDangerous(value, danger) && !seen.has(JSON.stringify(path)))
      .flatMap(({ path, names: { server } }) => {
        seen.add(JSON.stringify(path));
        const finding: ConfigFinding = {
          ...dangerousSetting(danger),
          ...placeOf(file, document.lineOf(path)),
          ...(server !== undefined && { server }),
        };
        return server !== undefined && disabled.has(server) ? lessSerious(finding) : [finding];
      }),
  );
}

function isDangerous(value: unknown, { is, holds, filled }: Danger): boolean {
  if (is !== undefined) return (is as unknown[]).includes(value);
  const items = membersOf(value).map((item) => item.value);
  return holds === undefined
    ? filled === true && items.length > 0
    : items.some((item) => holds.includes(item as string));
}

const placeOf = ({ client, path }: FoundFile, line: number) => ({ client: client.id, file: path, line });
