/** Joins pieces of a bundle that are loaded together, since to find and open a file takes longer than to read it. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** What a file of the bundle imports as it is loaded, itself included. */
export function loadedWith(file: string, metafile: Metafile, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const { path, kind, external } of metafile.outputs[file]?.imports ?? [])
    if (kind === 'import-statement' && !external) loadedWith(path, metafile, found);
  return found;
}

/**
 * Puts pieces into one file of their folder, each export under a name of its own, and sends all files there that import
 * one. What a piece needs must be joined with it or need none of them: else the two files would wait for each other.
 */
export async function joinPieces(
  folder: string,
  name: string,
  pieces: readonly string[],
  { metafile: { outputs }, banner = '' }: { readonly metafile: Metafile; readonly banner?: string },
): Promise<void> {
  const numbers = new Map(pieces.map((piece, nth) => [`./${basename(piece)}`, nth]));
  const exports = pieces.map((piece, nth) => {
    const names = (outputs[piece]?.exports ?? []).map((each) => `${each} as ${each}_${nth}`);
    return `export { ${names.join(', ')} } from './${basename(piece)}';`;
  });
  await build({
    stdin: { contents: exports.join('\n'), resolveDir: folder },
    outfile: join(folder, name),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.17',
    banner: { js: banner },
    plugins: [
      {
        name: 'pieces',
        setup: ({ onResolve }) =>
          onResolve({ filter: /./ }, ({ path }) => (numbers.has(path) ? undefined : { path, external: true })),
      },
    ],
    logLevel: 'warning',
  });
  for (const piece of numbers.keys()) rmSync(join(folder, piece));
  for (const file of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const sent = text.replace(/^import (?:\{([^}]*)\} from )?"(.+)";$/gm, (whole, names: string | undefined, from) => {
      const nth = numbers.get(from);
      if (nth === undefined) return whole;
      if (names === undefined) return `import "./${name}";`;
      const renamed = names.replace(/([\w$]+)( as [\w$]+)?/g, (_, each, as) => `${each}_${nth}${as ?? ` as ${each}`}`);
      return `import {${renamed}} from "./${name}";`;
    });
    if (sent !== text) writeFileSync(path, sent);
  }
}
