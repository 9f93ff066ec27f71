import { lstat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

export const PROJECT_FILE = 'policylayer.yaml';

/**
 * The project file that holds for a directory: its own, or the nearest above it, up to the one that holds `.git` or the
 * user's home, whichever comes first. Where neither is above, only its own: directories above could be anybody's.
 */
export async function findProject(directory: string, home: string): Promise<string | null> {
  const candidates: string[] = [];
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    candidates.push(join(folder, PROJECT_FILE));
    if (folder === resolve(home) || (await exists(join(folder, '.git')))) break;
    if (folder === dirname(folder)) {
      candidates.splice(1);
      break;
    }
  }
  for (const path of candidates) if (await exists(path)) return path;
  return null;
}

/** What cannot be looked at counts as being there: reading it then says why. */
const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
  );
