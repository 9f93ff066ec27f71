import type { Client } from '../../core/clients/client.ts';
import type { ConfiguredServer } from '../../core/clients/configured-server.ts';
import { isSameServer } from '../../core/clients/identity.ts';
import type { Machine } from '../../core/clients/machine.ts';
import { governedSpecs } from '../../core/project/governed-specs.ts';
import type { ProjectServer } from '../../core/project/project.ts';
import { isObject } from '../../core/tool.ts';
import { valueAt } from '../../core/wrap/entry-change.ts';
import { gatewayCommand, gatewayTargetOf } from '../../core/wrap/gateway-command.ts';
import type { KeptConfig, PlannedEntry, SkippedEntry, WrapPlan } from '../../core/wrap/plan.ts';
import { saysHowReached, wrapEntry } from '../../core/wrap/wrap-entry.ts';
import * as warning from '../../core/wrap/wrap-warning.ts';
import { digestOf, readBackup } from '../../io/clients/config-backup.ts';
import { editConfig } from '../../io/clients/edit/edit-config.ts';
import type { ClientFile } from '../../io/clients/read-client-files.ts';
import type { ProjectFile } from '../../io/project/read-project.ts';
import { isMeant } from './is-meant.ts';
import { type FilePlan, planFiles } from './plan-files.ts';
import { restoredText } from './plan-unwrap.ts';

export interface WrapRequest {
  /** Which entries, by their own name or that in the project file; all where none are named. */
  readonly names: readonly string[];
  readonly project: ProjectFile;
  /** How policylayer is started on this machine. */
  readonly program: readonly string[];
}

/** What becomes of a client's config files when its servers are put behind the gateway. Changes nothing. */
export function planWrap(client: Client, machine: Machine, request: WrapRequest): Promise<WrapPlan> {
  return planFiles(client, machine, (file) => planFile(file, request));
}

async function planFile(file: ClientFile, request: WrapRequest): Promise<FilePlan> {
  const { found, document, text, servers } = file;
  const entries: PlannedEntry[] = [];
  const edits: { at: ConfiguredServer['at']; changes: PlannedEntry['changes'] }[] = [];
  const skipped: SkippedEntry[] = [];
  for (const entry of servers) {
    const match = projectServerFor(entry, request.project);
    const behind = gatewayTargetOf(entry.spec);
    if (!isMeant(request.names, entry.name, match?.name ?? behind?.server)) continue;
    const skip = (why: SkippedEntry['why']): void => void skipped.push({ name: entry.name, path: found.path, why });
    const raw = valueAt(document.content, entry.at);
    if (behind !== null) skip('behind');
    else if (found.home.env === null) skip('other-system');
    else if (match === null || !isObject(raw)) skip('no-policy');
    else if (!saysHowReached(raw, found.client.fields)) skip('reached-otherwise');
    else {
      const command = gatewayCommand(request.program, { config: request.project.path, server: match.name });
      const wrapped = wrapEntry({
        raw,
        written: entry.written,
        fields: found.client.fields,
        server: match.server,
        command,
      });
      edits.push({ at: entry.at, changes: wrapped.changes });
      const warnings = warningsOf(entry, match.server, file, wrapped.fromEnvironment);
      entries.push({ name: entry.name, line: entry.line, server: match.name, raw, changes: wrapped.changes, warnings });
    }
  }
  if (entries.length === 0) return { config: null, skipped };
  const after = await editConfig(found.path, text, edits);
  const backup = await textBefore(file);
  return { config: { path: found.path, before: text, after, backup, isWhole: false, entries }, skipped };
}

/** What the file said before anything in it was put behind the gateway. */
async function textBefore(file: ClientFile): Promise<KeptConfig> {
  const backup = await readBackup(file.found.path);
  const isBehind = file.servers.some(({ spec }) => gatewayTargetOf(spec) !== null);
  if (backup === null || !isBehind)
    return { text: file.text, isAllOfIt: true, keepsOlder: backup !== null && backup.text !== file.text };
  if (backup.replacedBy === digestOf(file.text)) return { text: backup.text, isAllOfIt: true };
  return { text: (await restoredText(file, backup.text, file.servers)).text, isAllOfIt: true };
}

/** The server of the project file that an entry reaches, where it has a policy. */
function projectServerFor(
  entry: ConfiguredServer,
  project: ProjectFile,
): { name: string; server: ProjectServer } | null {
  const same = governedSpecs(project).filter(
    (spec) => isSameServer(entry.spec, spec) || isSameServer(entry.written, spec),
  );
  const of = ({ name }: { name: string }): ProjectServer => project.servers.get(name) as ProjectServer;
  const best =
    same.find(({ name }) => name === entry.name) ??
    same.find((one) => of(one).clients?.includes(entry.client)) ??
    same[0];
  return best === undefined ? null : { name: best.name, server: of(best) };
}

function warningsOf(
  { name, written }: ConfiguredServer,
  server: ProjectServer,
  { found, findings }: ClientFile,
  fromEnvironment: readonly string[],
): string[] {
  const headers = written.kind === 'http' ? Object.keys(written.headers) : [];
  const left = headers.filter((header) => !Object.hasOwn(server.headers ?? {}, header));
  const approvals = findings.filter(({ server, code }) => server === name && /-approved$/.test(code));
  const isSignedIn = written.kind === 'http' && Object.keys(written.headers).length === 0;
  return [
    ...(left.length > 0 ? [warning.headersLeftOut(left)] : []),
    ...(fromEnvironment.length > 0 ? [warning.fromEnvironmentOnly(fromEnvironment, found.client.title)] : []),
    ...approvals.map(({ message }) => warning.stillApproved(message)),
    ...(found.declared.scope === 'project' ? [warning.partOfProject()] : []),
    ...(isSignedIn ? [warning.signInNeeded()] : []),
    ...(written.kind === 'stdio' && written.cwd !== undefined && server.cwd !== written.cwd
      ? [warning.otherDirectory()]
      : []),
  ];
}
