import { Document, type Node, YAMLMap, YAMLSeq } from 'yaml';
import type { Classification } from '../core/classification.ts';
import type { ServerReport } from '../core/report.ts';
import { plural } from './counts.ts';
import { printable } from './printable.ts';

/** The policy as YAML: the same content as the JSON, with what each tool does and why above its rule. */
export function renderPolicyYaml({ name, target, tools, policy }: ServerReport): string {
  const verdicts = new Map(tools.map((tool) => [tool.name, tool]));
  const document = new Document({ ...policy, hide: undefined, tools: undefined }, { keepUndefined: false });
  const contents = document.contents as unknown as YAMLMap;
  document.commentBefore = ` Policy for ${printable(name)} (${printable(target)}), ${plural(tools.length, 'tool')}.
 A tool that is not listed is denied.`;
  if (policy.hide !== undefined) contents.set('hide', hiddenSeq(document, policy.hide, verdicts));
  contents.set('tools', toolsMap(document, policy.tools, verdicts));
  const denied = tools.filter((tool) => tool.rule === null && !tool.hidden);
  if (denied.length > 0) document.comment = deniedComment(denied);
  return document.toString({ lineWidth: 0 });
}

type Verdicts = ReadonlyMap<string, Classification>;

function hiddenSeq(document: Document, hide: readonly string[], verdicts: Verdicts): YAMLSeq {
  const seq = new YAMLSeq(document.schema);
  for (const tool of hide) seq.add(commented(document.createNode(tool), verdicts.get(tool)));
  return seq;
}

/** Built entry by entry: a plain object would order number-like names first and could lose `__proto__`. */
function toolsMap(document: Document, rules: ServerReport['policy']['tools'], verdicts: Verdicts): YAMLMap {
  const map = new YAMLMap(document.schema);
  for (const [tool, rule] of Object.entries(rules)) {
    const key = commented(document.createNode(tool), verdicts.get(tool));
    map.items.push(document.createPair(key, rule));
  }
  return map;
}

function commented<T extends Node>(node: T, verdict: Classification | undefined): T {
  if (verdict !== undefined) node.commentBefore = ` ${verdictText(verdict)}`;
  return node;
}

function deniedComment(tools: readonly Classification[]): string {
  const lines = tools.map((tool) => `   ${printable(tool.name)}: ${verdictText(tool)}`);
  return [' Denied until a person has looked and gives them a rule:', ...lines].join('\n');
}

function verdictText({ category, risk, reason }: Classification): string {
  return `${category}, ${risk}: ${printable(reason)}`;
}
