import { resolve } from 'node:path';
import type { Client } from '../../core/clients/client.ts';
import { selectClients } from '../../core/clients/select-clients.ts';
import { readClientFiles } from '../../io/clients/read-client-files.ts';
import { fetchedProgram, ownProgram } from '../../io/own-program.ts';
import { readPolicy } from '../../io/policy/read-policy.ts';
import { type ProjectFile, readProject } from '../../io/project/read-project.ts';
import { readClients } from '../../io/read-catalog.ts';
import { planWrap } from '../../workflows/wrap/plan-wrap.ts';
import type { Terminal } from '../terminal.ts';
import { type ClientPlan, carryOut } from './carry-out.ts';
import { clientAndAll, noProjectToWrap, nothingToWrap, policyNotUsable, serverNotInClient } from './wrap-errors.ts';
import type { WrapFlags } from './wrap-flags.ts';

/** Puts the servers of a client behind the gateway: all that have a policy, or those that are named. */
export async function runWrap(id: string | undefined, names: readonly string[], flags: WrapFlags, terminal: Terminal) {
  const { machine } = terminal;
  const project = await readProject(machine);
  if (project === null) throw noProjectToWrap();
  const clients = clientsMeant(id, flags);
  await refuseUnknown(clients, names, terminal);
  const program = flags.npx ? fetchedProgram() : await ownProgram({ ...machine, node: process.execPath });
  const plans: ClientPlan[] = [];
  for (const client of clients)
    plans.push({ client, ...(await planWrap(client, machine, { names, project, program })) });
  const wrapped = plans.flatMap(({ configs }) => configs.flatMap(({ entries }) => entries.map(({ server }) => server)));
  await refuseBrokenPolicies(project, new Set(wrapped));
  const isAnyBehind = plans.some(({ skipped }) => skipped.some(({ why }) => why === 'behind'));
  await carryOut(plans, flags, {
    terminal,
    words: { command: 'wrap', question: 'Put these behind the gateway?', done: 'behind the gateway' },
  });
  if (plans.every(({ configs }) => configs.length === 0) && !isAnyBehind)
    throw nothingToWrap(id === undefined ? 'any client' : (clients[0]?.title ?? id));
  const isLeftOut = plans.some(({ skipped }) => skipped.some(({ why }) => why !== 'behind'));
  // Who named a server was told why it is not behind the gateway now.
  if (names.length > 0 && isLeftOut && terminal.exitCode === 0) terminal.exitCode = 2;
}

/** The one that is named, or all. */
export function clientsMeant(id: string | undefined, { all }: WrapFlags): Client[] {
  if (id !== undefined && all) throw clientAndAll();
  return id === undefined ? readClients() : selectClients(readClients(), [id]);
}

export async function refuseUnknown(clients: readonly Client[], names: readonly string[], { machine }: Terminal) {
  const files = await Promise.all(clients.map((client) => readClientFiles(client, machine)));
  const servers = files.flatMap((read) => read.files.flatMap((file) => file.servers));
  const { gatewayTargetOf } = await import('../../core/wrap/gateway-command.ts');
  const known = servers.flatMap(({ name, spec }) => [name, gatewayTargetOf(spec)?.server ?? name]);
  const project = await readProject(machine);
  const unknown = names.find((name) => !known.includes(name) && !project?.servers.has(name));
  if (unknown !== undefined) throw serverNotInClient(unknown, clients[0]?.title ?? '', [...new Set(known)]);
}

/** Behind the gateway a server with such a policy would not start, and nobody would see why. */
async function refuseBrokenPolicies(project: ProjectFile, names: ReadonlySet<string>): Promise<void> {
  for (const name of names) {
    const policy = project.servers.get(name)?.policy ?? '';
    if ((await readPolicy(resolve(project.directory, policy), policy)).policy === null)
      throw policyNotUsable(name, policy);
  }
}
