import { type Document, parseDocument } from 'yaml';
import { type ProjectProblem, parseProject } from '../../core/project/parse-project.ts';
import type { Project } from '../../core/project/project.ts';
import { lineFinder } from '../documents/document-places.ts';
import { yamlPlaces } from '../documents/yaml-document.ts';
import { projectInvalid } from './project-errors.ts';

export interface ParsedProjectText {
  readonly project: Project;
  /** The same with its comments and order. */
  readonly document: Document;
}

/** What a project file says. Throws UserError with everything that is wrong with it. Loads YAML and the schema, which most directories do not need. */
export function parseProjectText(text: string, shownPath: string): ParsedProjectText {
  const placeAt = lineFinder(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const broken = document.errors.map(({ pos, message }) => `line ${placeAt(pos[0]).line}: ${message}`);
  if (broken.length > 0) throw projectInvalid(shownPath, broken);
  const parsed = parseProject(contentOf(document, shownPath));
  if ('project' in parsed) return { project: parsed.project, document };
  const placeOf = yamlPlaces(document, placeAt);
  const problems = parsed.problems
    .map((problem) => ({ ...problem, line: placeOf(problem.path).line }))
    .sort((a, b) => a.line - b.line);
  throw projectInvalid(shownPath, problems.map(problemText));
}

function problemText({ line, path, message }: ProjectProblem & { readonly line: number }): string {
  return `line ${line}: ${path.join('.') || 'the file'}: ${message}`;
}

/** Aliases are resolved only here: one to nothing, or to itself many times over, is found late. */
function contentOf(document: Document, shownPath: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw projectInvalid(shownPath, [(error as Error).message]);
  }
}
