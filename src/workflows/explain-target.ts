import type { Explanation } from '../core/explain/explanation.ts';
import { packageVersion } from '../io/package-version.ts';
import { readAttackPatterns } from '../io/read-catalog.ts';
import { explain } from './explain.ts';
import { knowledgeFor } from './knowledge-for.ts';
import { type ScanTargetsOptions, sourceOfTarget, type Target } from './scan-targets.ts';

/** Everything about one tool of a server. Throws UserError where the server cannot be listed or has no such tool. */
export async function explainTarget(
  target: Target,
  tool: string,
  options: ScanTargetsOptions = {},
): Promise<Explanation> {
  const { signal = new AbortController().signal } = options;
  const { explanation } = await explain(sourceOfTarget(target, options), tool, {
    ...{ knowledge: knowledgeFor(options), patterns: readAttackPatterns(), version: packageVersion(), signal },
  });
  return explanation;
}
