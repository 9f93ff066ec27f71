import type { Report } from '../core/report.ts';
import { parseTargets } from '../core/server/parse-targets.ts';
import type { ServerSpec } from '../core/server/server-spec.ts';
import { isFile } from '../io/files/is-file.ts';
import { packageVersion } from '../io/package-version.ts';
import { sourceOf } from '../io/tools/source-of.ts';
import type { ToolSource } from '../io/tools/tool-source.ts';
import { type JudgeOptions, knowledgeFor } from './knowledge-for.ts';
import { scan } from './scan.ts';

/** A URL, `npm:PACKAGE`, `pypi:PACKAGE` or a JSON file as text; how to reach a server; or where tools come from. */
export type Target = string | ServerSpec | ToolSource;

export interface ScanTargetsOptions extends JudgeOptions {
  /** Headers for URLs given as text. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Environment for packages given as text. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long one server may take. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Lists and judges servers side by side. A server that fails is a problem in the report; what throws is a target that
 * cannot be understood, an abort, or a bug.
 */
export async function scanTargets(
  targets: Target | readonly Target[],
  options: ScanTargetsOptions = {},
): Promise<Report> {
  const { signal = new AbortController().signal } = options;
  const sources = (isList(targets) ? targets : [targets]).map((target) => sourceOfTarget(target, options));
  return scan(sources, { knowledge: knowledgeFor(options), version: packageVersion(), signal });
}

const isList = (targets: Target | readonly Target[]): targets is readonly Target[] => Array.isArray(targets);

/** Where the tools of a target come from. */
export function sourceOfTarget(target: Target, { headers = {}, env = {}, timeoutMs }: ScanTargetsOptions): ToolSource {
  if (typeof target === 'object') return 'listTools' in target ? target : sourceOf(target, { timeoutMs });
  const [spec] = parseTargets([target], [], { isFile, env, headers });
  return sourceOf(spec as ServerSpec, { timeoutMs });
}
