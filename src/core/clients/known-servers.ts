import { commandName, hostName } from '../server/server-name.ts';
import type { ConfiguredServer, KnownServer, ReachableSpec } from './configured-server.ts';
import { hasOpenValue, identityOf, isSameServer } from './identity.ts';

/** One server for all entries that reach the same, sorted by name. Where they differ beside that, one in use is preferred. */
export function knownServers(entries: readonly ConfiguredServer[]): KnownServer[] {
  const groups = grouped(entries);
  const names = uniqueFileNames(groups.map(nameOf));
  return groups.map((holders, at) => joined(names[at] ?? '', holders)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function joined(name: string, holders: readonly ConfiguredServer[]): KnownServer {
  const { spec, written, unresolved } = [...holders].sort((a, b) => useOf(a) - useOf(b))[0] as ConfiguredServer;
  const disabled = holders.every((holder) => holder.disabled);
  return { name, spec: { ...spec, name }, written: { ...written, name }, unresolved, disabled, holders };
}

/** The lower, the more of it can be used. */
const useOf = ({ disabled, unresolved }: ConfiguredServer): number => (disabled ? 1_000 : 0) + unresolved.length;

function grouped(entries: readonly ConfiguredServer[]): ConfiguredServer[][] {
  const groups = new Map<string, ConfiguredServer[]>();
  for (const entry of entries) {
    const identity = identityOf(entry.spec);
    groups.set(identity, [...(groups.get(identity) ?? []), entry]);
  }
  return joinOpen([...groups.values()]);
}

/** An entry that leaves a value open is the same server as the one that has the value. */
function joinOpen(groups: readonly ConfiguredServer[][]): ConfiguredServer[][] {
  const spec = ([first]: readonly ConfiguredServer[]): ReachableSpec => (first as ConfiguredServer).spec;
  const closed = groups.filter((group) => !hasOpenValue(spec(group))).map((group) => [...group]);
  for (const open of groups.filter((group) => hasOpenValue(spec(group)))) {
    const same = closed.find((group) => isSameServer(spec(group), spec(open)));
    if (same === undefined) closed.push([...open]);
    else same.push(...open);
  }
  return closed;
}

/** What most of them call it; then the first. */
function nameOf(holders: readonly ConfiguredServer[]): string {
  // An entry of a list without a name is called by its number.
  const names = holders.map(({ name }) => fileNameOf(name)).filter((name) => !/^\d*$/.test(name));
  const count = (name: string): number => names.filter((other) => other === name).length;
  const [best] = names.toSorted((a, b) => count(b) - count(a));
  return best ?? (fileNameOf(nameOfSpec((holders[0] as ConfiguredServer).spec)) || 'server');
}

function nameOfSpec(spec: ReachableSpec): string {
  if (spec.kind === 'stdio') return commandName(spec.command, spec.args);
  return URL.canParse(spec.url) ? hostName(new URL(spec.url)) : '';
}

const MAX_NAME_CHARS = 60;
/** Names that Windows keeps for devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name as that of a file: letters and digits of any script, and `.`, `_` and `-` between them. */
function fileNameOf(name: string): string {
  const plain = name
    .slice(0, MAX_NAME_CHARS * 4)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[._-]+/, '');
  const short = [...plain]
    .slice(0, MAX_NAME_CHARS)
    .join('')
    .replace(/[.-]+$/, '');
  return DEVICE.test(short) ? `${short}-server` : short;
}

function uniqueFileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; taken.has(unique.toLowerCase()); count++) unique = `${name}-${count}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}
