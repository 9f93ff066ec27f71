const MAX_NAME_CHARS = 128;
const MAX_NAMES = 2_000;
const MAX_OFFERED = 3;

/** Up to three of `names` that somebody may have meant by `name`, the nearest first. */
export function nearestNames(name: string, names: readonly string[]): string[] {
  if (name.length > MAX_NAME_CHARS) return [];
  const wanted = plain(name);
  return (
    names
      .filter((other) => other.length <= MAX_NAME_CHARS)
      .slice(0, MAX_NAMES)
      .map((other) => ({ other, distance: distanceBetween(wanted, plain(other)) }))
      // Half of it has to be right: else every name of two letters is near to every other.
      .filter(({ distance }) => distance <= Math.min(Math.max(2, wanted.length / 3), Math.max(1, wanted.length / 2)))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, MAX_OFFERED)
      .map(({ other }) => other)
  );
}

/** People forget which case and which separator a server uses. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_. ]/g, '');

/** How many letters have to be added, removed or replaced; one that is part of the other is as near as can be. */
function distanceBetween(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length >= 3 && b.includes(a)) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
