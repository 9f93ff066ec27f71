import { constants } from 'node:fs';
import { copyFile, readFile, stat } from 'node:fs/promises';
import { isSystemError } from '../system-error.ts';
import { writeWholeFile } from './write-file.ts';

/** What became of a file. */
export type FileWritten =
  | { readonly state: 'written' | 'unchanged'; readonly path: string }
  | { readonly state: 'replaced'; readonly path: string; readonly backup: string };

/**
 * Writes a file that may hold edits made by hand: what is there is first kept beside it. The same content is left
 * alone. What `mayReplace` throws is thrown where other content would be replaced.
 */
export async function writeKeepingOld(path: string, text: string, mayReplace: () => void): Promise<FileWritten> {
  const existing = await readExisting(path);
  if (existing?.equals(Buffer.from(text))) return { state: 'unchanged', path };
  if (existing !== null) mayReplace();
  const backup = existing === null ? null : await keepAside(path);
  await writeWholeFile(path, text, { replace: existing !== null });
  return backup === null ? { state: 'written', path } : { state: 'replaced', path, backup };
}

/** Null where there is nothing that could be lost: no file, or a device. */
export async function readExisting(path: string): Promise<Buffer | null> {
  const entry = await stat(path).catch(() => null);
  return entry?.isFile() ? readFile(path) : null;
}

/** Copies to the first free of `.bak`, `.bak2` ...; the system itself refuses to copy over an older one. */
export async function keepAside(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const backup = `${path}.bak${number === 1 ? '' : number}`;
    try {
      await copyFile(path, backup, constants.COPYFILE_EXCL);
      return backup;
    } catch (error) {
      if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
    }
  }
}
