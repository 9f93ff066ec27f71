import type { AttackPattern } from '../core/explain/attack-pattern.ts';
import { judgedDefinition } from '../core/explain/definition-text.ts';
import { explainTool } from '../core/explain/explain-tool.ts';
import type { Explanation } from '../core/explain/explanation.ts';
import type { Finding } from '../core/finding.ts';
import { gapsIn } from '../core/listing/incomplete-listing.ts';
import { judgeListing } from '../core/listing/judge-listing.ts';
import { parseTools } from '../core/listing/parse-tools.ts';
import { nearestNames } from '../core/nearest-names.ts';
import { UserError } from '../core/user-error.ts';
import type { ToolSource } from '../io/tools/tool-source.ts';
import type { ScanOptions } from './scan.ts';

export interface ExplainOptions extends ScanOptions {
  readonly patterns: readonly AttackPattern[];
}

export interface Explained {
  readonly explanation: Explanation;
  /** Why the server's list is not whole, where it is not. */
  readonly gaps: readonly Finding[];
}

/** Lists one server and explains one of its tools beside the others. Throws UserError where it has no such tool. */
export async function explain(source: ToolSource, toolName: string, options: ExplainOptions): Promise<Explained> {
  const { signal, knowledge, version, patterns, onProgress, person } = options;
  const listing = await source
    .listTools({ signal, person, onProgress: (doing) => onProgress?.(source.name, doing) })
    .finally(() => onProgress?.(source.name, null));
  const server = judgeListing(source, listing, knowledge);
  const verdict = server.tools.find(({ name }) => name === toolName);
  const { tools, rivals } = parseTools(listing.tools);
  const ofThisName = [...tools, ...rivals].filter(({ name }) => name === toolName);
  const tool = judgedDefinition(ofThisName, verdict?.evidence ?? []);
  if (tool === undefined || verdict === undefined)
    throw toolNotFound(
      toolName,
      server.name,
      server.tools.map(({ name }) => name),
    );
  const explanation = explainTool({ version, server, tool, verdict, patterns });
  return { explanation, gaps: gapsIn(server.findings) };
}

export function toolNotFound(toolName: string, serverName: string, names: readonly string[]): UserError {
  const near = nearestNames(toolName, names).map((name) => `"${spelt(name)}"`);
  return new UserError({
    code: 'TOOL_NOT_FOUND',
    message: `The server "${serverName}" has no tool "${toolName}".`,
    because: `Names are compared letter by letter, and none of those it lists (${names.length}) is this one.`,
    hint: `${near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `}Run "policylayer scan" on the server to see its tools.`,
  });
}

/** Characters that are not shown as escapes: what differs in them alone would be offered as what was typed. */
const spelt = (name: string): string =>
  name.replace(
    /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
