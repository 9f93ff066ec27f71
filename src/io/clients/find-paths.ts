/** Which files fit a path with `*` and `**` in it. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_DEPTH = 6;
/** A folder of a million files must not keep us busy. */
const MAX_ENTRIES = 5_000;

/** The paths that fit; the pattern itself where it names one file. What cannot be listed holds nothing. */
export async function findPaths(pattern: string): Promise<string[]> {
  const parts = pattern.split('/');
  const first = parts.findIndex((part) => part.includes('*'));
  if (first < 0) return [pattern];
  const budget = { entries: MAX_ENTRIES };
  return (await descend(parts.slice(0, first).join('/') || '/', parts.slice(first), budget, MAX_DEPTH)).sort();
}

async function descend(
  folder: string,
  [part = '', ...rest]: readonly string[],
  budget: { entries: number },
  depth: number,
): Promise<string[]> {
  if (!part.includes('*')) {
    const path = join(folder, part);
    return rest.length === 0 ? [path] : descend(path, rest, budget, depth);
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  budget.entries -= entries.length;
  if (budget.entries < 0) return [];
  if (part === '**') {
    // Links are not walked into: they can lead back to where we are.
    const folders = depth > 0 ? entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules') : [];
    const below = folders.map(({ name }) => descend(join(folder, name), [part, ...rest], budget, depth - 1));
    const here = entries.some(({ name }) => name === rest[0]) ? descend(folder, rest, budget, depth) : [];
    return (await Promise.all([here, ...below])).flat();
  }
  const fitting = entries.filter(({ name }) => fits(name, part));
  const found = fitting.map(async ({ name }) => {
    const path = join(folder, name);
    return rest.length === 0 ? [path] : descend(path, rest, budget, depth);
  });
  return (await Promise.all(found)).flat();
}

function fits(name: string, pattern: string): boolean {
  const [start = '', ...ends] = pattern.split('*');
  const end = ends.join('*');
  return name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
}
