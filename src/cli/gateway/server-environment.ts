import type { StdioSpec } from '../../core/server/server-spec.ts';
import { childEnvironment } from '../../io/stdio/child-environment.ts';
import type { Terminal } from '../terminal.ts';

/**
 * A command that was written here, and one behind --config, stood in the client's configuration before, and gets what it
 * got there: all of our environment, but for what is meant for ourselves. What any other needs stands in the file that
 * names it.
 */
export function environmentOf(
  spec: StdioSpec,
  { config }: { readonly config?: string },
  { env }: Terminal,
): Record<string, string> {
  if (spec.filledIn !== undefined && config === undefined) return childEnvironment(spec.env, env);
  const ours = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('POLICYLAYER_'),
  );
  return { ...Object.fromEntries(ours), ...spec.env };
}
