import { Document, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Classification } from '../../core/classification.ts';
import type { ServerReport } from '../../core/report.ts';
import { escapeInvisible, hasInvisible, printable } from '../text/printable.ts';
import { toolName } from '../text/tool-name.ts';

/** The policy as YAML: the same content as the JSON, with what each tool does and why above its rule. */
export function renderPolicyYaml({ name, target, tools, policy }: ServerReport): string {
  const verdicts = new Map(tools.map((tool) => [tool.name, tool]));
  const document = new Document({ ...policy, hide: undefined, tools: undefined }, { keepUndefined: false });
  const contents = document.contents as unknown as YAMLMap;
  document.commentBefore = ` Policy for ${printable(name)} (${printable(target)}).
 A tool that is not listed is denied.`;
  if (policy.hide !== undefined) contents.set('hide', hiddenSeq(document, policy.hide, verdicts));
  contents.set('tools', toolsMap(document, policy.tools, verdicts));
  const denied = tools.filter((tool) => tool.rule === null && !tool.hidden);
  document.comment = deniedComment(denied);
  visit(document, { Scalar: (_, scalar) => quoteInvisible(scalar) });
  return escapeInvisible(document.toString({ lineWidth: 0 }));
}

type Verdicts = ReadonlyMap<string, Classification>;

function hiddenSeq(document: Document, hide: readonly string[], verdicts: Verdicts): YAMLSeq {
  const seq = new YAMLSeq(document.schema);
  for (const tool of hide) seq.add(nameNode(tool, verdicts.get(tool)));
  return seq;
}

/** Built entry by entry: a plain object would order number-like names first and could lose `__proto__`. */
function toolsMap(document: Document, rules: ServerReport['policy']['tools'], verdicts: Verdicts): YAMLMap {
  const map = new YAMLMap(document.schema);
  for (const [tool, rule] of Object.entries(rules)) {
    map.items.push(document.createPair(nameNode(tool, verdicts.get(tool)), rule));
  }
  return map;
}

/** Between double quotes an escape is read back as the character that an editor would not show. */
export function quoteInvisible(scalar: Scalar): void {
  if (typeof scalar.value === 'string' && hasInvisible(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
}

function nameNode(tool: string, verdict: Classification | undefined): Scalar {
  const node = new Scalar(tool);
  if (verdict !== undefined) node.commentBefore = ` ${verdictText(verdict)}`;
  return node;
}

/** The comment that names the tools without a rule; null where there are none. */
export function deniedComment(tools: readonly Classification[]): string | null {
  if (tools.length === 0) return null;
  const lines = tools.map((tool) => `   ${toolName(tool.name)}: ${verdictText(tool)}`);
  return [DENIED_HEADING, ...lines].join('\n');
}

export const DENIED_HEADING = ' Denied until a person gives them a rule:';

export function verdictText({ category, risk, reason }: Classification): string {
  return `${category}, ${risk}: ${printable(reason)}`;
}
