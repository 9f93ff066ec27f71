import type { Client } from '../../core/clients/client.ts';
import type { ConfiguredServer } from '../../core/clients/configured-server.ts';
import type { Machine } from '../../core/clients/machine.ts';
import { readConfig } from '../../core/clients/read-config.ts';
import { isObject } from '../../core/tool.ts';
import { type EntryEdit, valueAt } from '../../core/wrap/entry-change.ts';
import { gatewayTargetOf } from '../../core/wrap/gateway-command.ts';
import type { PlannedEntry, SkippedEntry, WrapPlan } from '../../core/wrap/plan.ts';
import { unwrapEntry } from '../../core/wrap/unwrap-entry.ts';
import { digestOf, readBackup } from '../../io/clients/config-backup.ts';
import { editConfig } from '../../io/clients/edit/edit-config.ts';
import { parseConfig } from '../../io/clients/parse-config.ts';
import type { ClientFile } from '../../io/clients/read-client-files.ts';
import { askedBy } from './inner-servers.ts';
import { isMeant } from './is-meant.ts';
import { type FilePlan, planFiles } from './plan-files.ts';

/**
 * What becomes of a client's config files when its servers come out from behind the gateway. A file that nobody has
 * changed since is restored to the byte; of any other only the entries are put back, and later changes stay.
 */
export function planUnwrap(client: Client, machine: Machine, names: readonly string[]): Promise<WrapPlan> {
  return planFiles(client, machine, (file) => planFile(file, names));
}

async function planFile(file: ClientFile, names: readonly string[]): Promise<FilePlan> {
  const { found, text, servers } = file;
  const { path } = found;
  const wrapped = servers.filter(({ spec }) => gatewayTargetOf(spec) !== null);
  const meant = wrapped.filter(({ name, spec }) => isMeant(names, name, gatewayTargetOf(spec)?.server));
  const skippedAs = (why: SkippedEntry['why'], entries: readonly ConfiguredServer[]): SkippedEntry[] =>
    entries.map(({ name }) => ({ name, path, why }));
  const others = skippedAs(
    'not-behind',
    servers.filter((server) => !wrapped.includes(server) && isMeant(names, server.name)),
  );
  if (meant.length === 0) return { config: null, skipped: others };
  const backup = await readBackup(path);
  if (backup === null) return { config: null, skipped: [...others, ...skippedAs('no-backup', meant)] };
  const restored = await restoredText(file, backup.text, meant);
  const isAll = meant.length === wrapped.length && restored.lost.length === 0;
  const isAllOfIt = backup.replacedBy === digestOf(text);
  const isWhole = isAll && isAllOfIt;
  const skipped = [...others, ...skippedAs('no-backup', restored.lost)];
  if (restored.entries.length === 0) return { config: null, skipped };
  return {
    config: {
      ...{ path, before: text, after: isWhole ? backup.text : restored.text, isWhole },
      backup: isAll ? null : { text: backup.text, isAllOfIt },
      entries: restored.entries,
    },
    skipped,
  };
}

export interface Restored {
  readonly text: string;
  readonly entries: readonly PlannedEntry[];
  /** Those that the backup does not hold. */
  readonly lost: readonly ConfiguredServer[];
}

/** The text with the wrapped ones among the entries as they were in the backup. */
export async function restoredText(
  { found, document, text, servers }: ClientFile,
  backup: string,
  meant: readonly ConfiguredServer[],
): Promise<Restored> {
  const then = await parseConfig(found.path, backup);
  const originals = readConfig(then, found).servers;
  const edits: EntryEdit[] = [];
  const entries: PlannedEntry[] = [];
  const lost: ConfiguredServer[] = [];
  for (const entry of meant.filter(({ spec }) => gatewayTargetOf(spec) !== null)) {
    const original = originals.find((one) => isSameEntry(one, entry, { originals, servers }));
    const now = valueAt(document.content, entry.at);
    const before = original === undefined ? undefined : valueAt(then.content, original.at);
    if (!isObject(now) || !isObject(before) || gatewayTargetOf((original as ConfiguredServer).spec) !== null) {
      lost.push(entry);
      continue;
    }
    const target = gatewayTargetOf(entry.spec);
    const asked = target === null ? null : await askedBy(target);
    const changes = unwrapEntry(now, before, { fields: found.client.fields, asked });
    edits.push({ at: entry.at, changes });
    entries.push({
      name: entry.name,
      line: entry.line,
      server: target?.server ?? entry.name,
      raw: now,
      changes,
      warnings: [],
    });
  }
  return { text: edits.length === 0 ? text : await editConfig(found.path, text, edits), entries, lost };
}

interface BothLists {
  readonly originals: readonly ConfiguredServer[];
  readonly servers: readonly ConfiguredServer[];
}

/** By keys; in a list, where places move, by name, and where a name is there twice by which of them it is. */
function isSameEntry(original: ConfiguredServer, entry: ConfiguredServer, { originals, servers }: BothLists): boolean {
  if (keyOf(original) !== keyOf(entry)) return false;
  const nth = (list: readonly ConfiguredServer[], one: ConfiguredServer): number =>
    list.filter((other) => keyOf(other) === keyOf(one)).indexOf(one);
  return nth(originals, original) === nth(servers, entry);
}

function keyOf({ at, name }: ConfiguredServer): string {
  const last = at.at(-1);
  return JSON.stringify(typeof last === 'number' ? [...at.slice(0, -1), { name }] : at);
}
