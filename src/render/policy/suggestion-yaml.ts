import { Document, Scalar, visit, YAMLMap } from 'yaml';
import type { ToolTraffic, Traffic } from '../../core/audit/traffic.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { plural } from '../text/counts.ts';
import { escapeInvisible, printable } from '../text/printable.ts';
import { quoteInvisible } from './policy-yaml.ts';

const MAX_DENIED = 50;
const MAX_KEYS = 12;

/** A suggested policy as YAML, with what was seen above each rule. */
export function renderSuggestionYaml(server: string, policy: Policy, traffic: Traffic): string {
  const document = new Document({ ...policy, tools: undefined }, { keepUndefined: false });
  const tools = new YAMLMap(document.schema);
  // Built entry by entry: a plain object would order number-like names first and could lose `__proto__`.
  for (const [tool, rule] of Object.entries(policy.tools)) {
    const name = new Scalar(tool);
    const seen = traffic.get(tool);
    if (seen !== undefined) name.commentBefore = seenComment(seen);
    tools.items.push(document.createPair(name, rule));
  }
  (document.contents as unknown as YAMLMap).set('tools', tools);
  document.commentBefore = ` Suggested for ${printable(server)} by what was called. Tools that nobody called are denied.
 Values of arguments are not recorded: conditions on them are yours to add.`;
  document.comment = deniedComment(traffic);
  visit(document, { Scalar: (_, scalar) => quoteInvisible(scalar) });
  return escapeInvisible(document.toString({ lineWidth: 0 }));
}

function seenComment({ calls, approved, most, argumentKeys }: ToolTraffic): string {
  const keys = [...argumentKeys].slice(0, MAX_KEYS).map((key) => printable(key, { maxChars: 60 }));
  const more = argumentKeys.size > MAX_KEYS ? ' and more' : '';
  const given = keys.length === 0 ? 'without arguments' : `with ${keys.join(', ')}${more}`;
  const lines = [` ${plural(calls, 'call')}, ${given}; at most ${most.minute} a minute and ${most.day} a day.`];
  if (approved === calls) lines.push(' A person let each of them through.');
  else if (approved > 0)
    lines.push(` A person let ${approved} of them through: take over the require_approval that asked for it.`);
  return lines.join('\n');
}

function deniedComment(traffic: Traffic): string | null {
  const denied = [...traffic].filter(([, seen]) => seen.calls === 0).sort(([, a], [, b]) => b.denied - a.denied);
  if (denied.length === 0) return null;
  const lines = denied
    .slice(0, MAX_DENIED)
    .map(([tool, seen]) => `   ${printable(tool)}: ${plural(seen.denied, 'time')}`);
  const more = denied.length > MAX_DENIED ? [`   and ${denied.length - MAX_DENIED} more`] : [];
  return [' Denied whenever it was called, and here as well:', ...lines, ...more].join('\n');
}
