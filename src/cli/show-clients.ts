import type { Inventory } from '../core/clients/inventory.ts';
import { buildInventoryReport } from '../core/clients/inventory-report.ts';
import { selectClients } from '../core/clients/select-clients.ts';
import { serversInNoPolicy } from '../core/clients/servers-in-no-policy.ts';
import { FINDING_LEVELS } from '../core/finding.ts';
import { governedSpecs } from '../core/project/governed-specs.ts';
import { UserError } from '../core/user-error.ts';
import { packageVersion } from '../io/package-version.ts';
import { type ProjectFile, readProject } from '../io/project/read-project.ts';
import { readClients } from '../io/read-catalog.ts';
import { type InventoryFormat, loadInventoryRenderer } from '../render/inventory/inventory-format.ts';
import { findServers } from '../workflows/find-servers.ts';
import { errorText } from './error-text.ts';
import { ERROR_EXIT_CODE, type ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

export interface ClientsFlags {
  readonly clients?: readonly string[];
  readonly all?: boolean;
  readonly format: InventoryFormat;
  readonly json?: boolean;
  readonly failOn?: (typeof FINDING_LEVELS)[number];
  readonly color: boolean;
}

/** Prints what the clients on this machine hold. Nothing is started, and no file is changed. */
export async function showClients(terminal: Terminal, flags: ClientsFlags): Promise<void> {
  const { machine } = terminal;
  const known = readClients();
  const clients = flags.clients === undefined ? known : selectClients(known, flags.clients);
  const found = await findServers(machine, clients);
  const project = await readProject(terminal.machine).catch(onlyIfBroken);
  const inventory = { ...found, findings: [...found.findings, ...ungoverned(found, project)] };
  const render = await loadInventoryRenderer(flags.json ? 'json' : flags.format);
  const { color, all = false, failOn } = flags;
  await terminal.out(
    render(buildInventoryReport(inventory, { version: packageVersion(), home: machine.home, clients }), {
      ...{ color: color && terminal.hasColor, columns: terminal.columns, all },
    }),
  );
  terminal.exitCode = clientsExitCode(inventory, failOn);
  if (!(project instanceof UserError)) return;
  terminal.note(errorText(project));
  terminal.exitCode ||= ERROR_EXIT_CODE;
}

/** What could not be read may hold what is asked about. */
function clientsExitCode({ findings, paths }: Inventory, failOn: ClientsFlags['failOn']): ExitCode {
  if (failOn === undefined) return 0;
  const reached = FINDING_LEVELS.slice(FINDING_LEVELS.indexOf(failOn));
  if (findings.some(({ level }) => reached.includes(level))) return 1;
  return paths.some(({ state }) => state === 'unreadable') ? 2 : 0;
}

/** A project file that is wrong hides nothing of what the clients hold. */
function onlyIfBroken(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

/** Where no project file is, nobody has said that every server needs a policy. */
function ungoverned(inventory: Inventory, project: ProjectFile | UserError | null) {
  if (project === null || project instanceof UserError || project.servers.size === 0) return [];
  return serversInNoPolicy(inventory, governedSpecs(project));
}
