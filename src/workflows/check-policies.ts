import { problemOf } from '../core/build-report.ts';
import { gapsIn } from '../core/listing/incomplete-listing.ts';
import { parseTools } from '../core/listing/parse-tools.ts';
import {
  buildCheckReport,
  type CheckedPolicy,
  type CheckReport,
  type PlacedProblem,
} from '../core/policy/check/check-report.ts';
import { fitPolicy } from '../core/policy/check/fit-policy.ts';
import { lintPolicy } from '../core/policy/check/lint-policy.ts';
import { jsonPointer, pathText } from '../core/policy/json-pointer.ts';
import type { PolicyProblem } from '../core/policy/policy-problem.ts';
import type { Problem } from '../core/report.ts';
import type { Tool } from '../core/tool.ts';
import { UserError } from '../core/user-error.ts';
import { inOrder, type LocatedProblem, type PolicyFile, readPolicy } from '../io/policy/read-policy.ts';
import type { ListOptions, ToolSource } from '../io/tools/tool-source.ts';

/** A policy file, and the server it is for; without one the file alone is checked. */
export interface PolicyToCheck {
  /** Where it is. */
  readonly path: string;
  /** What the report calls it. */
  readonly file: string;
  readonly source: ToolSource | null;
}

export interface CheckOptions {
  readonly version: string;
  readonly signal: AbortSignal;
  /** Told what each server is doing; null when it is done. */
  readonly onProgress?: (server: string, doing: string | null) => void;
  /** Who can sign in to a server that asks for it. */
  readonly person?: ListOptions['person'];
}

/**
 * Checks policies side by side. A file or server that fails becomes a problem in the report, and the others go on. A
 * server that several policies are for is listed once; one whose policy is not valid is left alone.
 */
export async function checkPolicies(policies: readonly PolicyToCheck[], options: CheckOptions): Promise<CheckReport> {
  const listings = new Map<ToolSource, Promise<ListedServer | Problem>>();
  const list = (source: ToolSource): Promise<ListedServer | Problem> => {
    const listing = listings.get(source) ?? listed(source, options);
    listings.set(source, listing);
    return listing;
  };
  const settled = await Promise.allSettled(policies.map((policy) => checkOne(policy, list)));
  options.signal.throwIfAborted();
  const outcomes = settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  const problems = new Set(outcomes.flatMap(({ problem }) => (problem === null ? [] : [problem])));
  return buildCheckReport({
    version: options.version,
    policies: outcomes.flatMap(({ policy }) => (policy === null ? [] : [policy])),
    problems: [...problems],
  });
}

interface Outcome {
  readonly policy: CheckedPolicy | null;
  readonly problem: Problem | null;
}

async function checkOne(
  { path, file, source }: PolicyToCheck,
  list: (source: ToolSource) => Promise<ListedServer | Problem>,
): Promise<Outcome> {
  let read: PolicyFile;
  try {
    read = await readPolicy(path, file);
  } catch (error) {
    return { policy: null, problem: problemUnlessBug({ name: file, target: file }, error) };
  }
  if (read.policy === null || source === null) return { policy: checked(file, read, null), problem: null };
  const server = await list(source);
  if ('code' in server) return { policy: checked(file, read, null), problem: server };
  return { policy: checked(file, read, server), problem: null };
}

function problemUnlessBug(subject: { readonly name: string; readonly target: string }, error: unknown): Problem {
  if (error instanceof UserError) return problemOf(subject, error);
  throw error;
}

interface ListedServer {
  readonly shown: NonNullable<CheckedPolicy['server']>;
  readonly tools: readonly Tool[];
}

async function listed(source: ToolSource, options: CheckOptions): Promise<ListedServer | Problem> {
  const { signal, onProgress, person } = options;
  try {
    const listing = await source.listTools({ signal, person, onProgress: (doing) => onProgress?.(source.name, doing) });
    const { tools } = parseTools(listing.tools);
    const complete = gapsIn(listing.findings).length === 0;
    // A file was given by the person, so the name it holds is taken, as a scan does.
    const name = (listing.transport === 'file' && listing.server?.name) || source.name;
    return { shown: { name, target: source.target, tools: tools.length, complete }, tools };
  } catch (error) {
    if (signal.aborted) throw error;
    return problemUnlessBug(source, error);
  } finally {
    onProgress?.(source.name, null);
  }
}

function checked(
  file: string,
  { policy, problems, locate, regex }: PolicyFile,
  server: ListedServer | null,
): CheckedPolicy {
  const found = policy === null ? [] : lintPolicy(policy, { regex });
  if (policy !== null && server !== null) {
    const isSeen = (problem: PolicyProblem): boolean => server.shown.complete || problem.code !== 'unknown-tool';
    found.push(...fitPolicy(policy, server.tools, { regex }).filter(isSeen));
  }
  return {
    file,
    server: server?.shown ?? null,
    valid: policy !== null,
    rules: policy === null ? 0 : Object.keys(policy.tools).length,
    hidden: policy?.hide?.length ?? 0,
    problems: inOrder([...problems, ...found.map(locate)]).map(placed),
  };
}

function placed({ level, code, line, column, path, tool, message }: LocatedProblem): PlacedProblem {
  return { level, code, line, column, rule: jsonPointer(path), at: pathText(path), tool, message };
}
