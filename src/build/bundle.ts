/**
 * Joins the command line's files into a few, so that a start opens a handful instead of sixty: that is a third of the
 * time a short run takes. Packages that only some commands need stay outside and are loaded by those; what reads the
 * command line and what shows a report to a person is joined in, and the licences lie beside.
 */
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { type GetModuleInfo, type Plugin, rollup } from 'rollup';
import { packageRoot } from '../io/package-root.ts';

const JOINED_IN = ['commander', 'chalk', 'fast-string-width'];
/** The types of the plugin are those of its CommonJS build, where the default is one level deeper. */
const joinCommonJs = commonjs.default as unknown as () => Plugin;

const root = packageRoot();
const compiled = (module: string): string => join(root, 'dist/src', `${module}.js`);
const MAIN = compiled('cli/main');
const CLASSIFY = compiled('cli/commands/classify');
const CLASSIFIER = compiled('core/classify/classify');
const SHOWN_TO_PEOPLE = ['render/report/text', 'cli/scan/next-steps'].map(compiled);

const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'peerDependencies',
  Record<string, string>
>;
const external = Object.keys({ ...dependencies, ...peerDependencies })
  .filter((name) => !JOINED_IN.includes(name))
  .map((name) => new RegExp(`^${name}(?:/|$)`));

/** A module with all that it loads as it is loaded. */
function loadedWith(id: string, graph: GetModuleInfo, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const each of graph(id)?.importedIds ?? []) loadedWith(each, graph, found);
  return found;
}

interface Files {
  /** What every command loads. */
  readonly always: ReadonlySet<string>;
  /** What commands load that do not judge. */
  readonly often: ReadonlySet<string>;
  /** What `classify` loads. */
  readonly judging: ReadonlySet<string>;
  readonly showing: ReadonlySet<string>;
}

function filesOf(ids: Iterable<string>, graph: GetModuleInfo): Files {
  const loadedLater = [...ids].filter((id) => (graph(id)?.dynamicImporters.length ?? 0) > 0);
  const notJudging = loadedLater.map((id) => loadedWith(id, graph)).filter((loaded) => !loaded.has(CLASSIFIER));
  return {
    always: loadedWith(MAIN, graph),
    often: new Set(notJudging.flatMap((loaded) => [...loaded])),
    judging: loadedWith(CLASSIFY, graph),
    showing: new Set(SHOWN_TO_PEOPLE.flatMap((id) => [...loadedWith(id, graph)])),
  };
}

const folder = join(root, 'dist/cli');
rmSync(folder, { recursive: true, force: true });
const bundle = await rollup({
  input: ['main', 'verdict-thread'].map((name) => compiled(`cli/${name}`)),
  external,
  plugins: [nodeResolve({ preferBuiltins: true }), joinCommonJs()],
  onwarn: ({ message }) => {
    throw new Error(message);
  },
});
let files: Files | null = null;
await bundle.write({
  dir: folder,
  format: 'es',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  hoistTransitiveImports: false,
  manualChunks(id, { getModuleIds, getModuleInfo }) {
    files ??= filesOf(getModuleIds(), getModuleInfo);
    if (id === MAIN || id === CLASSIFY) return null;
    if (files.always.has(id)) return 'always';
    if (files.judging.has(id)) return files.often.has(id) ? 'often' : 'judging';
    return files.showing.has(id) ? 'showing' : null;
  },
});
await bundle.close();

const joinedIn = bundle.watchFiles.flatMap(
  (file) => /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file) ?? [],
);
for (const place of new Set(joinedIn)) {
  const licence = readdirSync(place).find((name) => /^licen[cs]e/i.test(name));
  if (licence === undefined) throw new Error(`The package in "${place}" has no licence to put beside the bundle.`);
  copyFileSync(join(place, licence), join(folder, `${basename(place)}.LICENSE`));
}
