import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ProjectChange } from './edit-project-text.ts';
import { type FileWritten, writeKeepingOld } from './keep-old-file.ts';
import { projectNotWritable } from './project-errors.ts';
import { readProjectText } from './read-project.ts';
import { isSystemError, systemErrorText } from './system-error.ts';

/**
 * Changes the servers of the project file at `path`, or makes one. What was there is kept beside it, and the file holds
 * all of the change or nothing of it. Throws UserError where the file is not valid or cannot be written.
 */
export async function writeProject(path: string, change: ProjectChange): Promise<FileWritten> {
  const text = (await isThere(path)) ? await readProjectText(path, basename(path)) : '';
  const { editProjectText } = await import('./edit-project-text.ts');
  const edited = editProjectText(text, basename(path), change);
  try {
    return await writeKeepingOld(path, edited, () => {});
  } catch (error) {
    throw isSystemError(error) ? projectNotWritable(basename(path), systemErrorText(error)) : error;
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT',
  );
