/** What the project tells its readers: every README.md, the one at the top and those beside the code they describe. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ROOT } from './run-cli.ts';

export interface Document {
  /** Where it is in the project, with `/` on every system. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

export function readDocuments(): Document[] {
  const beside = ['catalog', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  return ['README.md', ...beside]
    .filter((file) => file.split(sep).at(-1) === 'README.md')
    .sort()
    .map((file) => {
      const path = join(ROOT, file);
      return { name: file.split(sep).join('/'), path, text: readFileSync(path, 'utf8') };
    });
}

/** The files that a document links to, relative to it. */
export function linkedFiles({ text }: Document): string[] {
  const withoutBlocks = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...withoutBlocks.matchAll(/\]\(([^)#\s]+)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
}
