/**
 * Joins the command line's files into a few, so that a start opens a handful instead of sixty: that is a third of the
 * time a short run takes. Packages that only some commands need stay outside and are loaded by those; commander, which
 * every run needs, is joined in, and its licence lies beside.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const JOINED_IN = 'commander';

const root = dirname(fileURLToPath(import.meta.resolve('#package.json')));
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'peerDependencies',
  Record<string, string>
>;

// The names of the pieces change with their content.
rmSync(join(root, 'dist/cli'), { recursive: true, force: true });
await build({
  entryPoints: ['main', 'verdict-thread'].map((name) => join(root, `dist/src/cli/${name}.js`)),
  outdir: join(root, 'dist/cli'),
  bundle: true,
  // What is imported dynamically stays in files of its own.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  external: Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name !== JOINED_IN)
    .flatMap((name) => [name, `${name}/*`]),
  // Commander asks for Node's own modules with require, which an ES module has to make for itself.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
copyFileSync(join(root, 'node_modules', JOINED_IN, 'LICENSE'), join(root, 'dist/cli', `${JOINED_IN}.LICENSE`));
