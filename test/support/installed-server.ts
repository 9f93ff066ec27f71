import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.resolve('#package.json')));

/** The program of a server that is installed for the tests. */
export function bin(packageName: string): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : String(Object.values(bins)[0]));
}

/** A Python that can run `module`: of the test environment, or of the machine; null where there is none. */
export function pythonWith(module: string): string | null {
  const candidates = [join(root, '.cache/python/bin/python'), 'python3'];
  return candidates.find((command) => spawnSync(command, ['-c', `import ${module}`]).status === 0) ?? null;
}
