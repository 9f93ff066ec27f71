/**
 * The record of what was decided about: a line a tool, the digest of its definition and its name. Lines and not keys,
 * since a server may call a tool what no map can hold; a name that cannot be seen whole is written as in an address.
 */
export const REVIEWED_LINE = /^[0-9a-f]{32} [ -~]+$/;

const DIGEST_CHARS = 32;
const PLAIN = /^[!-$&-~]+$/;

/** Tool name to digest. */
export function parseReviewed(lines: readonly string[]): Map<string, string> {
  return new Map(lines.map((line) => [decoded(line.slice(DIGEST_CHARS + 1)), line.slice(0, DIGEST_CHARS)]));
}

/** The lines, by name, so that a record under version control has small diffs. */
export function reviewedLines(record: ReadonlyMap<string, string>): string[] {
  return [...record].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, digest]) => `${digest} ${encoded(name)}`);
}

/** Half characters have no address; the digest tells their names apart. */
function encoded(name: string): string {
  return PLAIN.test(name) ? name : encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
