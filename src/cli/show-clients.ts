import type { Inventory } from '../core/clients/inventory.ts';
import { buildInventoryReport } from '../core/clients/inventory-report.ts';
import { selectClients } from '../core/clients/select-clients.ts';
import { serversInNoPolicy } from '../core/clients/servers-in-no-policy.ts';
import { FINDING_LEVELS } from '../core/finding.ts';
import { governedSpecs } from '../core/project/governed-specs.ts';
import { packageVersion } from '../io/package-version.ts';
import { readClients } from '../io/read-catalog.ts';
import { readProject } from '../io/read-project.ts';
import { type InventoryFormat, loadInventoryRenderer } from '../render/inventory-format.ts';
import { findServers } from '../workflows/find-servers.ts';
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
  const inventory = { ...found, findings: [...found.findings, ...(await ungoverned(found, terminal))] };
  const render = await loadInventoryRenderer(flags.json ? 'json' : flags.format);
  const { color, all = false, failOn } = flags;
  await terminal.out(
    render(buildInventoryReport(inventory, { version: packageVersion(), home: machine.home, clients }), {
      ...{ color: color && terminal.hasColor, columns: terminal.columns, all },
    }),
  );
  const reached = failOn === undefined ? [] : FINDING_LEVELS.slice(FINDING_LEVELS.indexOf(failOn));
  terminal.exitCode = inventory.findings.some(({ level }) => reached.includes(level)) ? 1 : 0;
}

/** Where no project file is, nobody has said that every server needs a policy. */
async function ungoverned(inventory: Inventory, terminal: Terminal) {
  const project = await readProject(terminal.machine);
  return project === null || project.servers.size === 0 ? [] : serversInNoPolicy(inventory, governedSpecs(project));
}
