import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-cli.ts';

/** Whether what is seen now is to become what is expected. The diff is then reviewed. */
export const isRecording = process.env.UPDATE_GOLDEN === '1';

/** Compares with `test/golden/<name>`, or records it. */
export function matchesGolden(name: string, actual: string): void {
  const path = join(ROOT, 'test', 'golden', name);
  if (isRecording) writeFileSync(path, actual);
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : '(not recorded)';
  assert.equal(actual, expected, `${name} differs. If that is meant: UPDATE_GOLDEN=1 npm test, and review the diff.`);
}
