/** A machine whose clients hold servers that all have a policy. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/core/clients/client.ts';
import type { KnownServer } from '../../src/core/clients/configured-server.ts';
import { projectServerOf } from '../../src/core/project/project-server-of.ts';
import type { PlannedConfig } from '../../src/core/wrap/plan.ts';
import { rewriteConfig } from '../../src/io/clients/rewrite-config.ts';
import { editProjectText } from '../../src/io/project/edit-project-text.ts';
import { readProjectAt } from '../../src/io/project/read-project.ts';
import { findServers } from '../../src/workflows/find-servers.ts';
import { planUnwrap } from '../../src/workflows/wrap/plan-unwrap.ts';
import { planWrap } from '../../src/workflows/wrap/plan-wrap.ts';
import type { FixtureMachine } from '../support/fixture-home.ts';

export const POLICY = 'version: "1"\ndefault: deny\ntools: {}\n';
export const PROGRAM = ['/opt/bin/policylayer'];

export interface WrappedMachine {
  /** What was found before anything was wrapped. */
  readonly servers: readonly KnownServer[];
  readonly wrap: (...names: string[]) => Promise<readonly PlannedConfig[]>;
  readonly unwrap: (...names: string[]) => Promise<readonly PlannedConfig[]>;
}

/** Writes a project file with a policy for each server of the client, as `init` would. */
export async function governedMachine(machine: FixtureMachine, client: Client): Promise<WrappedMachine> {
  const { servers } = await findServers(machine, [client]);
  const folder = join(machine.root, 'governed');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'policy.yaml'), POLICY);
  const path = join(folder, 'policylayer.yaml');
  const governed = new Map(
    servers.map((server) => [server.name, projectServerOf(server.name, server, { policy: 'policy.yaml' })]),
  );
  writeFileSync(path, editProjectText('', 'policylayer.yaml', governed));
  const project = await readProjectAt(path, 'policylayer.yaml');
  const write = async (configs: readonly PlannedConfig[]) => {
    for (const config of configs) await rewriteConfig(config);
    return configs;
  };
  return {
    servers,
    wrap: async (...names) => write((await planWrap(client, machine, { names, project, program: PROGRAM })).configs),
    unwrap: async (...names) => write((await planUnwrap(client, machine, names)).configs),
  };
}

/** Every file below a folder with its mode and content. */
export function contents(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.flatMap((path) => {
      const entry = statSync(join(folder, path));
      return entry.isFile() ? [[path, `${entry.mode} ${readFileSync(join(folder, path), 'base64')}`]] : [];
    }),
  );
}
