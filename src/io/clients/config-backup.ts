/** What a config file said before its entries came to run behind the gateway, kept beside it. */
import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { readExisting } from '../files/keep-old-file.ts';
import { writeWholeFile } from '../files/write-file.ts';

export interface ConfigBackup {
  readonly text: string;
  /** The digest of what was written over it; null where nobody knows. */
  readonly replacedBy: string | null;
}

export const backupPath = (path: string): string => `${path}.policylayer-backup`;
const digestPath = (path: string): string => `${backupPath(path)}.sha256`;

export async function readBackup(path: string): Promise<ConfigBackup | null> {
  const text = await readExisting(backupPath(path));
  if (text === null) return null;
  const record = await readExisting(digestPath(path));
  const replacedBy = /^[\da-f]{64}\b/.exec(record?.toString('utf8') ?? '')?.[0] ?? null;
  return { text: text.toString('utf8'), replacedBy };
}

/** It holds the same secrets as the config file, so that it is to be read by the same people. */
export async function writeBackup(path: string, { text, replacedBy }: ConfigBackup): Promise<void> {
  const mode = (await stat(path)).mode & 0o777;
  await writeWholeFile(backupPath(path), text, { replace: true, mode });
  if (replacedBy === null) await rm(digestPath(path), { force: true });
  else await writeWholeFile(digestPath(path), `${replacedBy}  ${nameOf(path)}\n`, { replace: true, mode });
}

export async function removeBackup(path: string): Promise<void> {
  await rm(digestPath(path), { force: true });
  await rm(backupPath(path), { force: true });
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
