import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version of policylayer that runs, from its own package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('#package.json')), 'utf8'));
  return version;
}
