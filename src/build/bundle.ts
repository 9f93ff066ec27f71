/**
 * Joins the command line's files into a few, so that a start opens a handful instead of sixty: that is a third of the
 * time a short run takes. What every command loads is in one file, and so is what most of them load. Packages that only some commands need stay outside and are loaded by those; commander, which
 * every run needs, is joined in, and its licence lies beside.
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { joinPieces, loadedWith } from './join-pieces.ts';

const JOINED_IN = 'commander';
/** Commander asks for Node's own modules with require, which an ES module has to make for itself. */
const REQUIRE =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";
const CLASSIFIER = 'dist/src/core/classify/classify.js';

const root = dirname(fileURLToPath(import.meta.resolve('#package.json')));
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'peerDependencies',
  Record<string, string>
>;

// The names of the pieces change with their content.
rmSync(join(root, 'dist/cli'), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  metafile: true,
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
  logLevel: 'warning',
});
/** The shared pieces that a module of the command line loads with itself. */
function piecesOf(module: string): string[] {
  const entryPoint = `dist/src/cli/${module}.js`;
  const entry = Object.keys(metafile.outputs).find((file) => metafile.outputs[file]?.entryPoint === entryPoint);
  if (entry === undefined) throw new Error(`The bundle has no file for ${entryPoint}.`);
  return [...loadedWith(entry, metafile)].filter((file) => file !== entry);
}

/** The classifier and what needs it: most commands do without. */
function judges(piece: string): boolean {
  return [...loadedWith(piece, metafile)].some((file) =>
    Object.hasOwn(metafile.outputs[file]?.inputs ?? {}, CLASSIFIER),
  );
}

const always = piecesOf('main');
const often = piecesOf('commands/classify').filter((piece) => !always.includes(piece));
const folder = join(root, 'dist/cli');
await joinPieces(folder, 'always.js', always, { metafile, banner: REQUIRE });
await joinPieces(folder, 'judging.js', often.filter(judges), { metafile });
await joinPieces(
  folder,
  'often.js',
  often.filter((piece) => !judges(piece)),
  { metafile },
);
copyFileSync(join(root, 'node_modules', JOINED_IN, 'LICENSE'), join(root, 'dist/cli', `${JOINED_IN}.LICENSE`));
