import type { Classification } from '../core/classification.ts';
import { judgeTools } from '../core/listing/judge-tools.ts';
import { parseToolsDocument } from '../core/listing/parse-tools-document.ts';
import { inputIsError, inputWithoutTools } from '../io/tools/tools-input-errors.ts';
import { type JudgeOptions, knowledgeFor } from './knowledge-for.ts';

/**
 * Verdicts on tools as a server lists them: a list, or a `tools/list` result. An entry that is no tool is left out.
 * Where the result names its server, the catalog is asked for it.
 */
export function classifyDocument(
  document: readonly unknown[] | { readonly tools: readonly unknown[] },
  options: JudgeOptions = {},
): Classification[] {
  const parsed = parseToolsDocument(document);
  if ('kind' in parsed)
    throw parsed.kind === 'no-tools' ? inputWithoutTools('tools', parsed.found) : inputIsError('tools', parsed.says);
  const { server } = parsed;
  const identity = server === null ? { name: 'tools' } : { name: server.name, claimedName: server.name };
  return judgeTools(parsed.tools, identity, knowledgeFor(options)).classifications;
}
