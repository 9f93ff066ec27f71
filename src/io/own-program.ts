/** How a client is told to start this program. */
import { realpath } from 'node:fs/promises';
import { delimiter, join, sep } from 'node:path';
import { packageRoot } from './package-root.ts';
import { packageVersion } from './package-version.ts';

export interface OwnProgram {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The program that runs us. */
  readonly node: string;
}

/**
 * `policylayer` where that is us, else the file itself with the program that runs it. A package that npx fetched is in a
 * folder that npx may empty, so there npx is asked again.
 */
export async function ownProgram({ env, platform, node }: OwnProgram): Promise<string[]> {
  const own = await realpath(join(packageRoot(), 'bin', 'policylayer.js'));
  if (own.split(sep).includes('_npx')) return fetchedProgram();
  // What stands on the PATH of Windows is a script, which not every client can start.
  if (platform !== 'win32' && (await firstOnPath('policylayer', env)) === own) return ['policylayer'];
  return [(await firstOnPath('node', env)) === (await realpath(node)) ? 'node' : node, own];
}

/** This very version, fetched by npx wherever it is not there yet. */
export function fetchedProgram(): string[] {
  return ['npx', '-y', `policylayer@${packageVersion()}`];
}

/** Where links lead to is what counts. */
async function firstOnPath(program: string, env: OwnProgram['env']): Promise<string | null> {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = folder === '' ? null : await realpath(join(folder, program)).catch(() => null);
    if (path !== null) return path;
  }
  return null;
}
