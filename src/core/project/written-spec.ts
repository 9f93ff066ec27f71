import type { HttpSpec, StdioSpec } from '../server/server-spec.ts';
import { stdioSpec } from '../server/stdio-spec.ts';
import type { ProjectServer } from './project.ts';

/** A server of a project file as it is written, placeholders and all. */
export function writtenSpec(
  name: string,
  { command = '', args = [], env = {}, cwd, url, headers = {} }: ProjectServer,
): StdioSpec | HttpSpec {
  if (url !== undefined) return { kind: 'http', name, url, headers };
  return stdioSpec({ name, command, args, env, ...(cwd !== undefined && { cwd }) });
}
