/** Where `-o` puts policies: one file, or a directory with a file a server. */
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputDirectoryMissing, outputNeedsDirectory, outputNotNamed, policyExists } from './policy-file-errors.ts';

export interface PolicyOutput {
  readonly path: string;
  readonly isDirectory: boolean;
}

/** Reads `-o`. A name that ends with a slash is a directory, and is made when it is first written to. */
export async function findPolicyOutput(path: string, { servers }: { servers: number }): Promise<PolicyOutput> {
  if (path === '' || path === '-') throw outputNotNamed(path);
  const isDirectory = /[/\\]$/.test(path) || (await kindOf(path)) === 'directory';
  if (!isDirectory && servers > 1) throw outputNeedsDirectory(path);
  if ((await kindOf(dirname(path))) !== 'directory') throw outputDirectoryMissing(path, dirname(path));
  return { path, isDirectory };
}

/** One path a server, in their order; no two alike, also where capital letters do not count. */
export function policyPaths({ path, isDirectory }: PolicyOutput, serverNames: readonly string[]): string[] {
  if (!isDirectory) return serverNames.map(() => path);
  const taken = new Set<string>();
  return serverNames.map((name) => {
    const stem = fileNameFor(name);
    let free = stem;
    for (let next = 2; taken.has(free.toLowerCase()); next += 1) free = `${stem}-${next}`;
    taken.add(free.toLowerCase());
    return join(path, `${free}.json`);
  });
}

/** Throws where a policy is there already and may not be replaced, so that nobody waits for a scan in vain. */
export async function refuseExisting(paths: readonly string[]): Promise<void> {
  for (const path of paths) if ((await kindOf(path)) === 'file') throw policyExists(path);
}

/** Makes the directory where there is none; what it stands in must exist. */
export async function makeOutputDirectory({ path, isDirectory }: PolicyOutput): Promise<void> {
  if (isDirectory && (await kindOf(path)) === 'nothing') await mkdir(path);
}

/** A server's name is a stranger's text: no separators, no leading dot, nothing a system reserves, bounded. */
export function fileNameFor(serverName: string): string {
  const safe = serverName
    .slice(0, 200)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  if (safe === '') return 'server';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `server-${safe}` : safe;
}

async function kindOf(path: string): Promise<'file' | 'directory' | 'other' | 'nothing'> {
  const entry = await stat(path).catch(() => null);
  if (entry === null) return 'nothing';
  return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
}
