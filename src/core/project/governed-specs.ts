import type { HttpSpec, StdioSpec } from '../server-spec.ts';
import { stdioSpec } from '../stdio-spec.ts';
import type { Project } from './project.ts';

/** The servers of a project file that have a policy, as they are written: placeholders and all. */
export function governedSpecs({ servers }: Pick<Project, 'servers'>): (StdioSpec | HttpSpec)[] {
  return [...servers].flatMap(([name, { policy, url, command = '', args = [] }]) => {
    if (policy === undefined) return [];
    return [url === undefined ? stdioSpec({ name, command, args, env: {} }) : { kind: 'http', name, url, headers: {} }];
  });
}
