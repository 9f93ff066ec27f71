import { type Document, LineCounter, parseDocument } from 'yaml';
import { type ProjectProblem, parseProject } from '../core/project/parse-project.ts';
import type { Project } from '../core/project/project.ts';
import { projectInvalid } from './project-errors.ts';
import { lineOf } from './yaml-lines.ts';

export interface ParsedProjectText {
  readonly project: Project;
  /** The same with its comments and order. */
  readonly document: Document;
}

/** What a project file says. Throws UserError with everything that is wrong with it. Loads YAML and the schema, which most directories do not need. */
export function parseProjectText(text: string, shownPath: string): ParsedProjectText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
  if (broken.length > 0) throw projectInvalid(shownPath, broken);
  const parsed = parseProject(contentOf(document, shownPath));
  if ('project' in parsed) return { project: parsed.project, document };
  const problems = parsed.problems
    .map((problem) => ({ ...problem, line: lineOf(document, lines, problem.path) }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  throw projectInvalid(shownPath, problems.map(problemText));
}

function problemText({ line, path, message }: ProjectProblem & { readonly line: number | null }): string {
  return `${line === null ? '' : `line ${line}: `}${path.join('.') || 'the file'}: ${message}`;
}

/** Aliases are resolved only here: one to nothing, or to itself many times over, is found late. */
function contentOf(document: Document, shownPath: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw projectInvalid(shownPath, [(error as Error).message]);
  }
}
