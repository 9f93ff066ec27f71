import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { realPlace } from './real-place.ts';

interface WriteOptions {
  readonly replace: boolean;
  readonly mode?: number;
}

/** Text that is on the disk beside the place where it belongs. */
export interface StagedFile {
  /** Puts it there, in one step. */
  readonly commit: () => Promise<void>;
  /** Removes it; a second time, or after `commit`, it does nothing. */
  readonly discard: () => Promise<void>;
}

/**
 * Writes all of `text` or nothing: to a temporary file beside the target, then by renaming. A file that was there keeps
 * its mode, and is replaced only with `replace`: without it one that appears in the meantime is an EEXIST. A link is
 * followed, so that it stays a link and its target is written. `mode` is what it has from its first byte on.
 */
export async function writeWholeFile(path: string, text: string, options: WriteOptions): Promise<void> {
  const existing = await stat(path).catch(() => null);
  // A device or a pipe cannot be replaced, only written to; /dev/stdout leads to one that has no path.
  if (existing !== null && !existing.isFile()) return writeFile(path, text);
  const staged = await stageFile(path, text, options);
  await staged.commit().finally(staged.discard);
}

/** The first half of `writeWholeFile`, for files that are to change together. What is there must be a file, or nothing. */
export async function stageFile(path: string, text: string, { replace, mode }: WriteOptions): Promise<StagedFile> {
  const existing = await stat(path).catch(() => null);
  const target = await realPlace(path);
  const temporary = join(dirname(target), `.policylayer-${randomBytes(6).toString('hex')}.tmp`);
  const discard = (): Promise<void> => rm(temporary, { force: true });
  try {
    await writeAndSync(temporary, text, mode ?? existing?.mode);
  } catch (error) {
    await discard();
    throw error;
  }
  return { commit: () => (replace ? rename(temporary, target) : moveToNew(temporary, target)), discard };
}

/** Renaming replaces what is there; a second name for a file does not. */
async function moveToNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    // Some file systems know no second names: there the check before has to do.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    return rename(from, to);
  }
  await rm(from);
}

async function writeAndSync(path: string, text: string, mode: number | undefined): Promise<void> {
  const file = await open(path, 'wx', mode === undefined ? 0o666 : mode & 0o700);
  try {
    if (mode !== undefined) await file.chmod(mode & 0o7777);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
