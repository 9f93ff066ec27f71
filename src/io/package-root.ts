import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Our own folder: the nearest above this file with a package.json. Asking `import.meta.resolve` takes as long as a tenth of a short run. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
