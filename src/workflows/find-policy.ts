import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Policy } from '../core/policy/policy.ts';
import { readTextFile } from '../io/files/bounded-text.ts';
import { isBelow, placeOutside } from '../io/files/real-place.ts';
import { notAFile } from '../io/files/write-together-errors.ts';
import { fileNameFor } from '../io/policy/policy-output.ts';
import { readPolicy } from '../io/policy/read-policy.ts';
import { earlierPolicyInvalid, policyBehindLink, policyElsewhere, policyShared } from './find-policy-errors.ts';

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
const ENDINGS = ['.yaml', '.yml', '.json'];

interface WhereTo {
  /** What the project file says of servers, those that are not asked for too. */
  readonly servers: ReadonlyMap<string, { readonly policy?: string | undefined }>;
  /** What paths are relative to. */
  readonly directory: string;
  /** Of what is new. */
  readonly format: PolicyFormat;
}

/**
 * For each server the policy that the project file names; else one that stands where we would put it; else that place.
 * Throws UserError where one is not valid, or where the project file or a link points out of its own directory, or names one twice.
 */
export async function findPolicies(
  names: readonly string[],
  { servers, directory, format }: WhereTo,
): Promise<PolicyPlace[]> {
  const takenBy = new Map<string, string>();
  for (const [name, { policy }] of servers) if (policy !== undefined) takenBy.set(resolve(directory, policy), name);
  const places: PolicyPlace[] = [];
  for (const name of names) {
    const named = servers.get(name)?.policy;
    const place =
      named === undefined
        ? await findPlace(freeStem(name, { directory, takenBy }), { directory, format })
        : await placeOf(named, directory);
    const other = [...servers].find(
      ([another, { policy }]) => another !== name && policy !== undefined && resolve(directory, policy) === place.path,
    );
    if (other !== undefined) throw policyShared(other[0], name);
    takenBy.set(place.path, name);
    places.push(place);
  }
  return places;
}

/** A name in the folder of policies at which the project file keeps none of another server. */
function freeStem(
  name: string,
  { directory, takenBy }: { readonly directory: string; readonly takenBy: ReadonlyMap<string, string> },
): string {
  const stem = `${FOLDER}/${fileNameFor(name)}`;
  let free = stem;
  for (let next = 2; ENDINGS.some((ending) => takenBy.has(resolve(directory, free + ending))); next += 1)
    free = `${stem}-${next}`;
  return free;
}

async function findPlace(
  stem: string,
  { directory, format }: { readonly directory: string; readonly format: PolicyFormat },
): Promise<PolicyPlace> {
  for (const ending of ENDINGS) {
    const place = await placeOf(stem + ending, directory);
    if (place.existing !== null) return place;
  }
  return placeOf(`${stem}.${format}`, directory);
}

async function placeOf(inProject: string, directory: string): Promise<PolicyPlace> {
  const path = await placeIn(directory, inProject);
  const existing = (await isThere(path, inProject)) ? await readExisting(path, inProject) : null;
  return { path, inProject, format: formatOf(path), existing };
}

const formatOf = (path: string): PolicyFormat => (/\.json$/i.test(path) ? 'json' : 'yaml');

/** The project file may come from somebody else: what it names must not lead us to write elsewhere. */
async function placeIn(directory: string, inProject: string): Promise<string> {
  const path = resolve(directory, inProject);
  if (!isBelow(path, directory)) throw policyElsewhere(inProject);
  const outside = await placeOutside(path, directory);
  if (outside !== null) throw policyBehindLink(inProject, outside);
  return join(directory, relative(directory, path));
}

/** What cannot be looked at counts as being there: reading it then says why. */
async function isThere(path: string, shown: string): Promise<boolean> {
  try {
    if ((await stat(path)).isFile()) return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
  // To open a pipe would be to wait for whoever writes into it.
  throw notAFile(shown);
}

async function readExisting(path: string, shown: string): Promise<PolicyPlace['existing']> {
  const text = await readTextFile(path);
  const { policy, problems } = await readPolicy(path);
  if (policy !== null) return { text, policy };
  throw earlierPolicyInvalid(
    shown,
    problems.map(({ line, message }) => `line ${line}: ${message}`),
  );
}
