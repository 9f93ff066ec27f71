import { statSync } from 'node:fs';

/** Whether a path is a file that is there; a link counts as what it points to. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
