import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Policy } from '../core/policy/policy.ts';
import { UserError } from '../core/user-error.ts';
import { readTextFile } from '../io/bounded-text.ts';
import { fileNameFor } from '../io/policy-output.ts';
import { readPolicy } from '../io/read-policy.ts';

export const POLICY_FORMATS = ['yaml', 'json'] as const;
export type PolicyFormat = (typeof POLICY_FORMATS)[number];

/** Where the policy of a server stands, or is to stand. */
export interface PolicyPlace {
  /** Absolute. */
  readonly path: string;
  /** As the project file names it: relative to its directory, with slashes. */
  readonly inProject: string;
  readonly format: PolicyFormat;
  /** What is there; null where there is nothing yet. */
  readonly existing: { readonly text: string; readonly policy: Policy } | null;
}

/** The folder, beside the project file, for policies that are new. */
const FOLDER = 'policies';

/**
 * The policy that the project file names for a server; else one that stands where we would put it; else that place.
 * Throws UserError where it is not valid, or where a project file points out of its own directory.
 */
export async function findPolicy(
  name: string,
  named: string | undefined,
  { directory, format }: { readonly directory: string; readonly format: PolicyFormat },
): Promise<PolicyPlace> {
  const stem = `${FOLDER}/${fileNameFor(name)}`;
  const candidates = named === undefined ? [`${stem}.yaml`, `${stem}.yml`, `${stem}.json`] : [named];
  for (const inProject of candidates) {
    const path = placeIn(directory, inProject);
    if (await exists(path))
      return { path, inProject, format: formatOf(path), existing: await readExisting(path, inProject) };
  }
  const inProject = named ?? `${stem}.${format}`;
  return { path: placeIn(directory, inProject), inProject, format: formatOf(inProject), existing: null };
}

const formatOf = (path: string): PolicyFormat => (/\.json$/i.test(path) ? 'json' : 'yaml');

/** The project file may come from somebody else: what it names must not lead us to write elsewhere. */
function placeIn(directory: string, inProject: string): string {
  const path = resolve(directory, inProject);
  const below = relative(directory, path);
  if (below === '' || isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`))
    throw policyElsewhere(inProject);
  return join(directory, below);
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT',
  );

async function readExisting(path: string, shown: string): Promise<PolicyPlace['existing']> {
  const text = await readTextFile(path);
  const { policy, problems } = await readPolicy(path);
  if (policy !== null) return { text, policy };
  throw earlierPolicyInvalid(
    shown,
    problems.map(({ line, message }) => `line ${line}: ${message}`),
  );
}

const MAX_PROBLEMS = 5;

export function earlierPolicyInvalid(path: string, problems: readonly string[]): UserError {
  const more = problems.length > MAX_PROBLEMS ? `; and ${problems.length - MAX_PROBLEMS} more` : '';
  return new UserError({
    code: 'EARLIER_POLICY_INVALID',
    message: `The policy "${path}" is not valid, so nothing was started or written.`,
    because: `In ${problems.slice(0, MAX_PROBLEMS).join('; ')}${more}.`,
    hint: 'Correct it, or move it away.',
  });
}

export const policyElsewhere = (path: string): UserError =>
  new UserError({
    code: 'POLICY_ELSEWHERE',
    message: `The policy "${path}" is outside of the project, so nothing was started or written.`,
    because: 'The project file names it, and policies are written below its directory only.',
    hint: 'Correct "policy:" of the server in the project file.',
  });
