import { type FileWritten, writeKeepingOld } from './keep-old-file.ts';
import { outputNotWritable, policyExists } from './policy-file-errors.ts';
import { isSystemError } from './system-error.ts';

/** What became of a policy file. */
export type PolicyWritten = FileWritten;

/**
 * Writes a policy. One that is there is replaced only with `force`, and is kept beside it first, since it may hold edits
 * made by hand. The same content is left alone.
 */
export async function writePolicyFile(
  path: string,
  text: string,
  { force }: { readonly force: boolean },
): Promise<PolicyWritten> {
  try {
    return await writeKeepingOld(path, text, () => {
      if (!force) throw policyExists(path);
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw error.code === 'EEXIST' ? policyExists(path) : outputNotWritable(path, error);
  }
}
