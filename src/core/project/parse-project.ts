import type { z } from 'zod';
import { isObject } from '../tool.ts';
import { type Project, projectSchema } from './project.ts';

/** What is wrong at one place of a project file. */
export interface ProjectProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type ParsedProject = { readonly project: Project } | { readonly problems: readonly ProjectProblem[] };

/** The project, or everything that is wrong with it. Nothing is an empty project. */
export function parseProject(content: unknown): ParsedProject {
  const parsed = projectSchema.safeParse(content ?? {});
  const problems = [...droppedNames(content, []), ...(parsed.error?.issues ?? []).flatMap(problemsOf)];
  if (parsed.data === undefined || problems.length > 0) return { problems };
  const { servers, overrides } = parsed.data;
  return { project: { servers: new Map(Object.entries(servers ?? {})), overrides: overrides ?? {} } };
}

function problemsOf(issue: z.core.$ZodIssue): ProjectProblem[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: 'nothing has this name' }));
}

/** A record passes over this one name in silence, and what is silently ignored is worse than what is refused. */
function droppedNames(content: unknown, path: readonly string[]): ProjectProblem[] {
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([key, value]) =>
    key === '__proto__'
      ? [{ path: [...path, key], message: 'this name cannot be used' }]
      : droppedNames(value, [...path, key]),
  );
}
