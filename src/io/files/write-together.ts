import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isSystemError } from '../system-error.ts';
import { type FileWritten, keepAside, readExisting } from './keep-old-file.ts';
import { type StagedFile, stageFile } from './write-file.ts';
import { fileChangedMeanwhile, filesNotWritten, filesPartlyWritten, notAFile } from './write-together-errors.ts';

export interface FileToWrite {
  readonly path: string;
  readonly text: string;
  /** What the text was made from; null where there was no file. One that is different by now is not overwritten. */
  readonly before: string | null;
}

interface Staged extends StagedFile {
  readonly path: string;
  readonly backup: string | null;
}

/**
 * Writes files that belong together, making the directories they stand in. All are on the disk under temporary names
 * before the first is renamed: what fails until then, or is aborted, leaves everything as it was. What is replaced is kept
 * beside it.
 */
export async function writeTogether(
  files: readonly FileToWrite[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<FileWritten[]> {
  const undo: (() => Promise<unknown>)[] = [];
  const staged = new Map<string, Staged>();
  let doing = '';
  try {
    for (const { path, text, before } of files) {
      doing = path;
      await refuseOthers(path);
      const existing = (await readExisting(path))?.toString('utf8') ?? null;
      if (existing === text) continue;
      if (existing !== before) throw fileChangedMeanwhile(path);
      await makeDirectory(dirname(path), undo);
      const backup = existing === null ? null : await keepAside(path);
      if (backup !== null) undo.push(() => rm(backup, { force: true }));
      const stagedFile = await stageFile(path, text, { replace: existing !== null });
      undo.push(stagedFile.discard);
      staged.set(path, { ...stagedFile, path, backup });
    }
    signal?.throwIfAborted();
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => {});
    throw isSystemError(error) ? filesNotWritten(doing, error) : error;
  }
  await commitAll([...staged.values()]);
  return files.map(({ path }) => {
    const written = staged.get(path);
    if (written === undefined) return { state: 'unchanged', path };
    return written.backup === null ? { state: 'written', path } : { state: 'replaced', path, backup: written.backup };
  });
}

/** A folder or a device cannot be replaced by a file, and would be found only half way. */
async function refuseOthers(path: string): Promise<void> {
  const entry = await stat(path).catch(() => null);
  if (entry !== null && !entry.isFile()) throw notAFile(path);
}

/** Renaming hardly fails once the bytes are there. Where it does, nothing is taken back: that could fail as well. */
async function commitAll(staged: readonly Staged[]): Promise<void> {
  for (const [at, { path, commit }] of staged.entries()) {
    try {
      await commit();
    } catch (error) {
      for (const { discard } of staged.slice(at)) await discard().catch(() => {});
      if (!isSystemError(error)) throw error;
      const done = staged.slice(0, at);
      for (const { backup } of staged.slice(at)) if (backup !== null) await rm(backup, { force: true });
      throw done.length === 0 ? filesNotWritten(path, error) : filesPartlyWritten(path, done, error);
    }
  }
}

async function makeDirectory(directory: string, undo: (() => Promise<unknown>)[]): Promise<void> {
  const first = await mkdir(directory, { recursive: true });
  if (first === undefined) return;
  // Each that was made, the innermost last, so that it is the first to go; one that is in use by now stays.
  for (let made = resolve(directory); ; made = dirname(made)) {
    const folder = made;
    undo.unshift(() => rmdir(folder));
    if (made === resolve(first)) return;
  }
}
