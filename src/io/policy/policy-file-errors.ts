/** Why a policy was not written. Each says that the policy is as it was. */
import { UserError } from '../../core/user-error.ts';
import { systemErrorText } from '../system-error.ts';

export const policyExists = (path: string): UserError =>
  new UserError({
    code: 'POLICY_EXISTS',
    message: `"${path}" exists already. The policy was not changed.`,
    because: 'It may hold edits made by hand.',
    hint: `Give another name, or --force to replace it; the old one is then kept as "${path}.bak".`,
  });

export const outputNotNamed = (path: string): UserError =>
  new UserError({
    code: 'OUTPUT_NOT_NAMED',
    message: 'No file was named for the policy, so nothing was written.',
    because: `-o needs a file or a directory, and was given "${path}".`,
    hint: 'Name a file, as in -o policy.json; to print the policy to stdout use --format policy.',
  });

export const outputNeedsDirectory = (path: string): UserError =>
  new UserError({
    code: 'OUTPUT_NEEDS_DIRECTORY',
    message: 'One file cannot hold the policies of several servers. The policy was not changed.',
    because: `"${path}" is not a directory.`,
    hint: `Give a directory that ends with a slash, for example -o policies/.`,
  });

export const outputDirectoryMissing = (path: string, directory: string): UserError =>
  new UserError({
    code: 'OUTPUT_DIRECTORY_MISSING',
    message: `Could not write "${path}". The policy was not changed.`,
    because: `"${directory}" is not a directory.`,
    hint: 'Make the directory first.',
  });

export const outputBehindLink = (path: string, place: string): UserError =>
  new UserError({
    code: 'OUTPUT_BEHIND_LINK',
    message: `The way to "${path}" leads out of this folder. The policy was not changed.`,
    because: `A link leads to "${place}", and whoever made the link is not asked.`,
    hint: `If you mean that place, name it: -o "${place}".`,
  });

export const outputNotWritable = (path: string, cause: NodeJS.ErrnoException): UserError =>
  new UserError({
    code: 'OUTPUT_NOT_WRITABLE',
    message: `Could not write "${path}". The policy was not changed.`,
    because: systemErrorText(cause),
    hint: 'Check that you may write there and that the disk is not full.',
  });
