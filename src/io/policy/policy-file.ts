import { resolve } from 'node:path';
import { type FileWritten, writeKeepingOld } from '../files/keep-old-file.ts';
import { isBelow, placeOutside } from '../files/real-place.ts';
import { isSystemError } from '../system-error.ts';
import { outputBehindLink, outputNotWritable, policyExists } from './policy-file-errors.ts';

/** What became of a policy file. */
export type PolicyWritten = FileWritten;

/**
 * Writes a policy. One that is there is replaced only with `force`, and is kept beside it first, since it may hold edits
 * made by hand. The same content is left alone. Links within the working directory do not lead out of it.
 */
export async function writePolicyFile(
  path: string,
  text: string,
  { force }: { readonly force: boolean },
): Promise<PolicyWritten> {
  await refuseLinkOut(path);
  try {
    return await writeKeepingOld(path, text, () => {
      if (!force) throw policyExists(path);
    });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw error.code === 'EEXIST' ? policyExists(path) : outputNotWritable(path, error);
  }
}

/** A path that a person names elsewhere is theirs; what stands in the folder they work in may be somebody else's. */
export async function refuseLinkOut(path: string): Promise<void> {
  const folder = resolve('.');
  if (!isBelow(resolve(path), folder)) return;
  const outside = await placeOutside(path, folder);
  if (outside !== null) throw outputBehindLink(path, outside);
}
