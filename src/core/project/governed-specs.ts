import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import type { Project } from './project.ts';
import { writtenSpec } from './written-spec.ts';

/** The servers of a project file that have a policy, as they are written: placeholders and all. */
export function governedSpecs({ servers }: Pick<Project, 'servers'>): (StdioSpec | HttpSpec)[] {
  return [...servers].flatMap(([name, server]) => (server.policy === undefined ? [] : [writtenSpec(name, server)]));
}
