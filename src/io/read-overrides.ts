/** The user's own verdicts: `overrides:` of `policylayer.yaml` in the working directory. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document } from 'yaml';
import type { Overrides } from '../core/classify/override.ts';
import { UserError } from '../core/user-error.ts';
import { systemErrorText } from './system-error.ts';

export const OVERRIDES_FILE = 'policylayer.yaml';

/** More than a screen of problems hides the first. */
const MAX_PROBLEMS = 5;

/** No file, no overrides. A file that is wrong anywhere is refused whole: an override silently ignored is worse than none. */
export async function readOverrides(directory: string): Promise<Overrides> {
  const text = await readFile(join(directory, OVERRIDES_FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw overridesUnreadable(systemErrorText(error));
  });
  return text === null ? {} : parseOverrides(text);
}

/** Loads YAML and the schema only here, since most directories have no such file. */
async function parseOverrides(text: string): Promise<Overrides> {
  const [{ LineCounter, parseDocument }, { z }, { overridesSchema }] = await Promise.all([
    import('yaml'),
    import('zod'),
    import('../core/classify/override.ts'),
  ]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = document.errors.map(({ pos, message }) => `line ${lines.linePos(pos[0]).line}: ${message}`);
  if (broken.length > 0) throw overridesInvalid(broken);
  const parsed = z.strictObject({ overrides: overridesSchema.nullish() }).safeParse(contentOf(document) ?? {});
  if (parsed.success) return parsed.data.overrides ?? {};
  throw overridesInvalid(
    parsed.error.issues.map(({ path, message }) => {
      const node = document.getIn(path, true) as { range?: readonly number[] } | undefined;
      const at = node?.range?.[0];
      const line = at === undefined ? '' : `line ${lines.linePos(at).line}: `;
      return `${line}${path.map(String).join('.') || 'the file'}: ${message}`;
    }),
  );
}

/** Aliases are resolved only here: one to nothing, or to itself many times over, is found late. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw overridesInvalid([(error as Error).message]);
  }
}

export const overridesUnreadable = (because: string): UserError =>
  new UserError({
    code: 'OVERRIDES_UNREADABLE',
    message: `Could not read "${OVERRIDES_FILE}".`,
    because,
    hint: 'Check that you may read it, or move it away.',
  });

export const overridesInvalid = (problems: readonly string[]): UserError =>
  new UserError({
    code: 'OVERRIDES_INVALID',
    message: `"${OVERRIDES_FILE}" is not valid, so nothing was judged.`,
    because: [...problems.slice(0, MAX_PROBLEMS), ...(problems.length > MAX_PROBLEMS ? ['...'] : [])].join('; '),
    hint: 'Correct it. An override is "overrides: { SERVER: { TOOL: { class, because } } }"; "*" stands for every server.',
  });
