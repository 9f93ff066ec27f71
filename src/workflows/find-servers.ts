import type { Client } from '../core/clients/client.ts';
import type { Inventory, LookedAt } from '../core/clients/inventory.ts';
import { knownServers } from '../core/clients/known-servers.ts';
import type { Machine } from '../core/clients/machine.ts';
import { type ConfigRead, readConfig } from '../core/clients/read-config.ts';
import { type SwitchedOff, switchedOffIn, withSwitches } from '../core/clients/switched-off.ts';
import { underKnownNames } from '../core/clients/under-known-names.ts';
import { findConfigFiles, type PossibleFile } from '../io/clients/find-config-files.ts';
import { readConfigFile } from '../io/clients/read-config-file.ts';
import { readClients } from '../io/read-catalog.ts';

import { withInnerServers } from './wrap/inner-servers.ts';

export type { Machine } from '../core/clients/machine.ts';

/** The servers of every client on a machine, and what is dangerous in their settings. Starts and changes nothing. */
export async function findServers(machine: Machine, clients: readonly Client[] = readClients()): Promise<Inventory> {
  const files = await findConfigFiles(clients, machine);
  const looks = await Promise.all(files.map(lookAt));
  const lists = looks.flatMap(({ switchedOff }) => switchedOff);
  const read = await Promise.all(looks.map((look) => withInnerServers(withSwitches(look, lists))));
  const servers = knownServers(read.flatMap((one) => one.servers));
  const findings = read.flatMap((one) => one.findings);
  return { paths: looks.map(({ lookedAt }) => lookedAt), servers, findings: underKnownNames(findings, servers) };
}

interface Look extends ConfigRead {
  readonly lookedAt: LookedAt;
  readonly switchedOff: readonly SwitchedOff[];
}

async function lookAt(file: PossibleFile): Promise<Look> {
  const { client, declared, path, boundary } = file;
  const base = { client: client.id, clientName: client.title, path, scope: declared.scope };
  const read = await readConfigFile(path, boundary);
  if (read.state !== 'read')
    return { lookedAt: { ...base, ...read, servers: 0 }, servers: [], findings: [], switchedOff: [] };
  const { servers, findings } = readConfig(read.document, file);
  const state = servers.length === 0 ? 'empty' : 'found';
  return {
    lookedAt: { ...base, state, servers: servers.length },
    servers,
    findings,
    switchedOff: switchedOffIn(read.document, file),
  };
}
