import { readFile, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { Project } from '../../core/project/project.ts';
import { isSystemError, systemErrorText } from '../system-error.ts';
import { findProject } from './find-project.ts';
import { projectUnreadable } from './project-errors.ts';

const MAX_BYTES = 4 * 1024 * 1024;

export interface ProjectFile extends Project {
  /** Absolute. */
  readonly path: string;
  /** As a person in the working directory would type it. */
  readonly shownPath: string;
  /** What paths in the file are relative to. */
  readonly directory: string;
}

/** Where a project is looked for: see `findProject`. */
export interface ProjectPlace {
  readonly workingDirectory: string;
  readonly home: string;
}

/** The project that holds here; null where there is none. A file that is wrong anywhere is refused whole. */
export async function readProject({ workingDirectory, home }: ProjectPlace): Promise<ProjectFile | null> {
  const path = await findProject(workingDirectory, home);
  if (path === null) return null;
  return readProjectAt(path, relative(workingDirectory, path));
}

/** A project file that somebody named. A file that is wrong anywhere is refused whole. */
export async function readProjectAt(path: string, shownPath: string): Promise<ProjectFile> {
  const text = await readProjectText(path, shownPath);
  const { parseProjectText } = await import('./parse-project-text.ts');
  return { ...parseProjectText(text, shownPath).project, path, shownPath, directory: dirname(path) };
}

/** The text of a project file. Throws UserError where it cannot be read, or is no file of a sensible size. */
export async function readProjectText(path: string, shownPath: string): Promise<string> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) throw projectUnreadable(shownPath, 'It is not a file.');
    if (entry.size > MAX_BYTES) throw projectUnreadable(shownPath, `It is larger than ${MAX_BYTES} bytes.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw isSystemError(error) ? projectUnreadable(shownPath, systemErrorText(error)) : error;
  }
}
