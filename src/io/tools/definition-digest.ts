import { createHash } from 'node:crypto';
import { parseTools } from '../../core/listing/parse-tools.ts';
import type { Tool } from '../../core/tool.ts';

const DIGEST_CHARS = 32;

/**
 * Tool name to a digest of all that the server says of it, whatever the order in which it says it. A definition that is
 * nested too deeply to be read has none.
 */
export function definitionDigests(listed: readonly unknown[]): Map<string, string> {
  const { tools, rivals } = parseTools(listed);
  const byName = new Map<string, Tool[]>();
  for (const tool of [...tools, ...rivals]) byName.set(tool.name, [...(byName.get(tool.name) ?? []), tool]);
  return new Map(
    [...byName].flatMap(([name, definitions]) => {
      const found = digest(definitions);
      return found === null ? [] : [[name, found]];
    }),
  );
}

function digest(definitions: readonly Tool[]): string | null {
  try {
    return createHash('sha256').update(JSON.stringify(definitions, inOrder)).digest('hex').slice(0, DIGEST_CHARS);
  } catch {
    return null;
  }
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
