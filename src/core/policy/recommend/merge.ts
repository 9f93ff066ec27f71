import type { Policy, ToolRule } from '../policy.ts';
import { entryIn, isSameEntry, type ToolEntry, writtenRule } from './tool-entry.ts';

/** What a person decided about one tool. */
export interface Decided {
  readonly name: string;
  readonly entry: ToolEntry;
}

/** One edit of a policy: the rule of a tool and whether it is hidden; null and false take it out. */
export interface PolicyEdit {
  readonly name: string;
  readonly rule: ToolRule | null;
  readonly hidden: boolean;
}

/** The edits that bring a policy to what was decided. What is so already is not touched, and so keeps its form. */
export function policyEdits(policy: Policy, decided: readonly Decided[]): PolicyEdit[] {
  const edits = decided
    .filter(({ name, entry }) => !isSameEntry(entryIn(policy, name), entry))
    .map(({ name, entry }) => editTo(name, entry, policy));
  const showsSome = edits.some(({ hidden }) => !hidden);
  if (!policy.hide?.includes('*') || !showsSome) return edits;
  // A star hides what it is asked to show: the names that stay hidden take its place.
  const stay = decided.filter(({ entry }) => entry.hidden).map(({ name, entry }) => editTo(name, entry, policy));
  return [{ name: '*', rule: null, hidden: false }, ...stay, ...edits];
}

const editTo = (name: string, entry: ToolEntry, policy: Policy): PolicyEdit => ({
  name,
  rule: writtenRule(entry, policy),
  hidden: entry.hidden,
});

/** The policy with the edits made, everything else as it was and where it was. */
export function applyEdits(policy: Policy, edits: readonly PolicyEdit[]): Policy {
  const hide = [...(policy.hide ?? [])];
  const tools = Object.entries(policy.tools);
  for (const { name, rule, hidden } of edits) {
    const at = hide.indexOf(name);
    if (hidden && at < 0) hide.splice(placeFor(name, hide), 0, name);
    if (!hidden && at >= 0) hide.splice(at, 1);
    const ruleAt = tools.findIndex(([tool]) => tool === name);
    if (rule === null) {
      if (ruleAt >= 0) tools.splice(ruleAt, 1);
    } else if (ruleAt >= 0) tools[ruleAt] = [name, rule];
    else
      tools.splice(
        placeFor(
          name,
          tools.map(([tool]) => tool),
        ),
        0,
        [name, rule],
      );
  }
  const { hide: _, tools: __, ...rest } = policy;
  return { ...rest, ...(hide.length > 0 && { hide }), tools: Object.fromEntries(tools) };
}

/** Where a name goes into a list: before the first that comes after it, so that a sorted list stays sorted. */
export function placeFor(name: string, names: readonly string[]): number {
  const at = names.findIndex((other) => other > name);
  return at < 0 ? names.length : at;
}
