import type { RegexCompiler } from '../../core/policy/condition.ts';
import { pathOfPointer } from '../../core/policy/json-pointer.ts';
import { parsePolicy } from '../../core/policy/parse-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type PolicyProblem, toolAt } from '../../core/policy/policy-problem.ts';
import type { Place, Reading } from '../documents/document-places.ts';
import { locatedDocument } from '../documents/located-document.ts';
import { readTextFile } from '../files/bounded-text.ts';
import { loadLinearRegex } from './linear-regex.ts';

export type LocatedProblem = PolicyProblem & Place;

export interface PolicyFile {
  /** Null where it is not valid. */
  readonly policy: Policy | null;
  /** Everything for which it is not valid, in the order of the file. */
  readonly problems: readonly LocatedProblem[];
  /** Says where in the file a problem is. */
  readonly locate: (problem: PolicyProblem) => LocatedProblem;
  /** Where the rule of a decision stands; null for one that is not in the file, such as `(default deny)`. */
  readonly placeOfRule: (rule: string) => Place | null;
  /** What the policy's patterns are to be compiled with. */
  readonly regex: RegexCompiler;
}

/** A policy in JSON or YAML. Throws UserError only where the file cannot be read; `shown` is what messages call it. */
export async function readPolicy(path: string, shown = path): Promise<PolicyFile> {
  return readPolicyText(await readTextFile(path, shown), path);
}

/** The same of a text; its name says in what format it is. */
export async function readPolicyText(text: string, name: string): Promise<PolicyFile> {
  const [{ value, placeOf, faults, earlier }, regex] = await Promise.all([
    locatedDocument(text, name),
    loadLinearRegex(),
  ]);
  const locate = (problem: PolicyProblem): LocatedProblem => ({ ...problem, ...placeOf(problem.path) });
  const placeOfRule = (rule: string): Place | null => {
    const at = pathOfPointer(rule);
    return at === null ? null : placeOf(at);
  };
  const where = { locate, placeOfRule, regex };
  const found = faults.map((fault): LocatedProblem => ({ ...fault, level: 'error', tool: toolAt(fault.path) }));
  if (faults.some(({ code }) => code === 'not-readable')) return { policy: null, problems: found, ...where };
  const { policy, problems } = parsePolicy(value, { regex });
  // The last of two copies would hide what is wrong in the first.
  const hidden = faults.length === 0 ? [] : earlier().flatMap((reading) => problemsIn(reading, regex));
  const all = once([...found, ...problems.map(locate), ...hidden]);
  return { policy: found.length > 0 ? null : policy, problems: inOrder(all), ...where };
}

const problemsIn = ({ value, placeOf }: Reading, regex: RegexCompiler): LocatedProblem[] =>
  parsePolicy(value, { regex }).problems.map((problem) => ({ ...problem, ...placeOf(problem.path) }));

function once(problems: readonly LocatedProblem[]): LocatedProblem[] {
  const told = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...told.values()];
}

/** The order of the file; of one place the order in which they were found. */
export function inOrder(problems: readonly LocatedProblem[]): LocatedProblem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
