import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Where a path ends, all links followed. A link to nothing counts as well: what is written through it appears where it points. */
export async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const entry = await lstat(path).catch(() => null);
    if (entry?.isSymbolicLink()) return realPlace(resolve(dirname(path), await readlink(path)));
    const absolute = resolve(path);
    const folder = dirname(absolute);
    return folder === absolute ? absolute : join(await realPlace(folder), basename(absolute));
  }
}

/**
 * Where a path below a folder ends, if links on the way lead out of that folder; else null. A folder may come from somebody
 * else, and must not lead what is written in it to places that nobody named. What cannot be followed is left to who opens it.
 */
export async function placeOutside(path: string, folder: string): Promise<string | null> {
  const place = await realPlace(path).catch(() => null);
  return place === null || isBelow(place, await realPlace(folder)) ? null : place;
}

export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}
