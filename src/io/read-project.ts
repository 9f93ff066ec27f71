import { readFile, stat } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import type { Document } from 'yaml';
import type { ProjectProblem } from '../core/project/parse-project.ts';
import type { Project } from '../core/project/project.ts';
import { findProject } from './find-project.ts';
import { projectInvalid, projectUnreadable } from './project-errors.ts';
import { isSystemError, systemErrorText } from './system-error.ts';
import { lineOf } from './yaml-lines.ts';

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
  const shownPath = relative(workingDirectory, path);
  return { ...(await parse(await readText(path, shownPath), shownPath)), path, shownPath, directory: dirname(path) };
}

async function readText(path: string, shownPath: string): Promise<string> {
  try {
    const entry = await stat(path);
    if (!entry.isFile()) throw projectUnreadable(shownPath, 'It is not a file.');
    if (entry.size > MAX_BYTES) throw projectUnreadable(shownPath, `It is larger than ${MAX_BYTES} bytes.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    throw isSystemError(error) ? projectUnreadable(shownPath, systemErrorText(error)) : error;
  }
}

/** Loads YAML and the schema only here, since most directories have no such file. */
async function parse(text: string, path: string): Promise<Project> {
  const [{ LineCounter, parseDocument }, { parseProject }] = await Promise.all([
    import('yaml'),
    import('../core/project/parse-project.ts'),
  ]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
  if (broken.length > 0) throw projectInvalid(path, broken);
  const parsed = parseProject(contentOf(document, path));
  if ('project' in parsed) return parsed.project;
  const problems = parsed.problems
    .map((problem) => ({ ...problem, line: lineOf(document, lines, problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  throw projectInvalid(path, problems.map(problemText));
}

function problemText({ line, path, message }: ProjectProblem & { readonly line: number | null }): string {
  return `${line === null ? '' : `line ${line}: `}${path.join('.') || 'the file'}: ${message}`;
}

/** Aliases are resolved only here: one to nothing, or to itself many times over, is found late. */
function contentOf(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw projectInvalid(path, [(error as Error).message]);
  }
}
