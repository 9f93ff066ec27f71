import type { ConfigFinding } from './config-finding.ts';
import type { KnownServer } from './configured-server.ts';

/**
 * Findings under the names by which their servers are known: what a file calls a server may be the name of another one,
 * or one that is shown nowhere. What is about no server that is known keeps the name that the file has.
 */
export function underKnownNames(findings: readonly ConfigFinding[], servers: readonly KnownServer[]): ConfigFinding[] {
  const entries = new Map<string, { line: number; known: string }[]>();
  for (const { name: known, holders } of servers)
    for (const { client, file, line, name } of holders) {
      const key = JSON.stringify([client, file, name]);
      const alike = entries.get(key);
      if (alike === undefined) entries.set(key, [{ line, known }]);
      else alike.push({ line, known });
    }
  return findings.map((finding) => {
    const { client, file, line, server } = finding;
    const alike = entries.get(JSON.stringify([client, file, server])) ?? [];
    // A file may have one name for several folders: the entry is the last that begins above the finding.
    const begun = alike.filter((entry) => entry.line <= line);
    const last = Math.max(...begun.map((entry) => entry.line));
    const [known, ...others] = new Set(begun.filter((entry) => entry.line === last).map((entry) => entry.known));
    // Where all of the file is one line, the name that it has is the best that is known.
    return server === undefined || known === undefined || others.length > 0 ? finding : { ...finding, server: known };
  });
}
