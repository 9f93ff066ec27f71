/**
 * `npm run score`: runs the scoring script over labelled servers, which are not part of the project, where they lie beside
 * it; the plain list of name verbs is scored in the same run, to compare with.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.resolve('#package.json')));
const shared = join(root, '../shared');
const scorer = join(shared, 'score.mjs');

function score(title: string, ...options: string[]): void {
  process.stdout.write(`${title}\n`);
  const { status } = spawnSync(process.execPath, [scorer, ...options], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 2;
}

if (existsSync(scorer)) {
  score('policylayer classify', ...process.argv.slice(2));
  score('\nthe first known verb of the name', '--', process.execPath, join(shared, 'baseline.mjs'));
} else {
  process.stdout.write('There is no labelled data beside the project, so nothing was scored.\n');
}
