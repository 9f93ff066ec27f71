/** The sources as text, and what each imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../support/run-cli.ts';

/** File below `src/` to its text. */
export type SourceFiles = ReadonlyMap<string, string>;

const posix = (path: string): string => path.replaceAll('\\', '/');

export const readSourceFiles = (): SourceFiles => readFilesBelow('src');

/** The same of the tests. */
export const readTestFiles = (): SourceFiles => readFilesBelow('test');

function readFilesBelow(folder: string): SourceFiles {
  const root = join(ROOT, folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return new Map(files.map((file) => [posix(file), readFileSync(join(root, file), 'utf8')]));
}

/** What each file imports, types included: ours as paths below `src/`, others by their specifier. */
export function importsOf(files: SourceFiles): Map<string, string[]> {
  return new Map([...files].map(([file, text]) => [file, importsIn(file, text)]));
}

function importsIn(file: string, text: string): string[] {
  const specifiers = text.matchAll(
    /(?:^|\s)(?:import|export)\s[^'"]*?from\s+'([^']+)'|import\('([^']+)'\)|^import\s+'([^']+)'/gm,
  );
  return [...specifiers].map(([, from, dynamic, bare]) => {
    const specifier = from ?? dynamic ?? bare ?? '';
    return specifier.startsWith('.') ? posix(relative('/src', join('/src', dirname(file), specifier))) : specifier;
  });
}

/** Comments taken out, so that prose about `await` is no `await`. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}
