/** The official inspector's command line. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './run-cli.ts';

const INSTALLED = join(ROOT, 'node_modules/@modelcontextprotocol/inspector-cli');

/**
 * Its package reads the package.json of the folder above itself, as it stands in the repository it is from, and does
 * not start without one. So it runs from a copy that has one.
 */
export function copyInspector(): { readonly script: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'policylayer-inspector-'));
  const copy = join(folder, 'cli');
  cpSync(INSTALLED, copy, { recursive: true });
  cpSync(join(INSTALLED, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return { script: join(copy, 'build', 'cli.js'), remove: () => rmSync(folder, { recursive: true }) };
}
