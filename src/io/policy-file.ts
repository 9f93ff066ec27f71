import { constants } from 'node:fs';
import { copyFile, readFile, stat } from 'node:fs/promises';
import { outputNotWritable, policyExists } from './policy-file-errors.ts';
import { isSystemError } from './system-error.ts';
import { writeWholeFile } from './write-file.ts';

/** What became of a policy file. */
export type PolicyWritten =
  | { readonly state: 'written' | 'unchanged'; readonly path: string }
  | { readonly state: 'replaced'; readonly path: string; readonly backup: string };

/**
 * Writes a policy. One that is there is replaced only with `force`, and is kept beside it first, since it may hold edits
 * made by hand. The same content is left alone.
 */
export async function writePolicyFile(
  path: string,
  text: string,
  { force }: { readonly force: boolean },
): Promise<PolicyWritten> {
  try {
    const existing = await readExisting(path);
    if (existing?.equals(Buffer.from(text))) return { state: 'unchanged', path };
    if (existing !== null && !force) throw policyExists(path);
    const backup = existing === null ? null : await keepAside(path);
    await writeWholeFile(path, text, { replace: existing !== null });
    return backup === null ? { state: 'written', path } : { state: 'replaced', path, backup };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw error.code === 'EEXIST' ? policyExists(path) : outputNotWritable(path, error);
  }
}

/** Null where there is nothing that could be lost: no file, or a device. */
async function readExisting(path: string): Promise<Buffer | null> {
  const entry = await stat(path).catch(() => null);
  return entry?.isFile() ? readFile(path) : null;
}

/** Copies to the first free of `.bak`, `.bak2` ...; the system itself refuses to copy over an older one. */
async function keepAside(path: string): Promise<string> {
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
