/** Where the clients of the catalog may keep servers on one machine. */
import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, resolve } from 'node:path';
import type { Client, ConfigFile } from '../../core/clients/client.ts';
import { expandPath } from '../../core/clients/expand-path.ts';
import { type Home, ownHome, windowsHome } from '../../core/clients/home.ts';
import type { Machine } from '../../core/clients/machine.ts';
import type { FoundFile } from '../../core/clients/read-config.ts';
import { findPaths } from './find-paths.ts';

/** A path to look at, and the folder that a link must not lead out of. */
export interface PossibleFile extends FoundFile {
  readonly boundary: string;
}

/** All of them, in the order of the catalog, each path once a client; a pattern that nothing fits stands for itself. */
export async function findConfigFiles(clients: readonly Client[], machine: Machine): Promise<PossibleFile[]> {
  const homes = [ownHome(machine), ...(await windowsHomes(machine))];
  const places = clients.flatMap((client) =>
    homes.flatMap((home) =>
      client.files.flatMap((declared) =>
        placesFor(declared, home, machine).map((place) => ({ ...place, client, declared, home })),
      ),
    ),
  );
  const found = await Promise.all(
    places.map(async ({ pattern, ...place }) => {
      const paths = await findPaths(pattern);
      return (paths.length === 0 ? [pattern] : paths).map((path) => ({ ...place, path: normalize(path) }));
    }),
  );
  const seen = new Set<string>();
  return found.flat().filter(({ client, path }) => {
    const key = `${client.id} ${path}`;
    return !seen.has(key) && seen.add(key);
  });
}

interface ConfigPlace {
  readonly pattern: string;
  readonly boundary: string;
  readonly project?: string;
}

function placesFor({ scope, path, upwards }: ConfigFile, home: Home, machine: Machine): ConfigPlace[] {
  const isOwn = home.env !== null;
  if (!isOwn && scope !== 'user') return [];
  return (path[home.system] ?? []).flatMap((written): ConfigPlace[] => {
    if (scope === 'project') {
      const folders = upwards ? withAncestors(machine.workingDirectory) : [resolve(machine.workingDirectory)];
      return folders.map((project) => ({ pattern: slashed(join(project, written)), boundary: project, project }));
    }
    const expanded = expandPath(written, home);
    if (expanded === null || !isAbsolute(expanded)) return [];
    const pattern = slashed(normalize(expanded));
    const inHome = pattern.startsWith(`${slashed(normalize(home.folder)).replace(/\/$/, '')}/`);
    return [{ pattern, boundary: inHome ? home.folder : fixedFolder(pattern) }];
  });
}

/** Node reads slashes on Windows too. */
const slashed = (path: string): string => path.replaceAll('\\', '/');

function fixedFolder(pattern: string): string {
  return dirname(pattern.replace(/\/[^/]*\*.*$/, '/x'));
}

function withAncestors(folder: string): string[] {
  const absolute = resolve(folder);
  const parent = dirname(absolute);
  return parent === absolute ? [absolute] : [absolute, ...withAncestors(parent)];
}

const NOBODYS_HOME = /^(?:All Users|Default|Default User|Public|defaultuser\d*|WDAGUtilityAccount)$/i;

/** Under WSL most clients run on Windows, and keep their settings there. */
async function windowsHomes({ platform, env, root = '' }: Machine): Promise<Home[]> {
  if (platform !== 'linux' || !env.WSL_DISTRO_NAME) return [];
  const users = join(root, '/mnt/c/Users');
  const entries = await readdir(users, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && !NOBODYS_HOME.test(entry.name))
    .map(({ name }) => windowsHome(join(users, name)));
}
