import type { Classification } from '../../classification.ts';
import type { Policy } from '../policy.ts';
import { type Preset, presetEntry } from './preset.ts';
import { entryIn, mentions, stricterEntry, type ToolEntry } from './tool-entry.ts';

/** One tool as the server offers it now. */
export interface OfferedTool {
  readonly verdict: Classification;
  /** Stands for its whole definition: another definition, another digest. Null where there is none. */
  readonly digest: string | null;
}

/** What is known from earlier: the policy as it is, and the definitions that a person has seen. */
export interface Earlier {
  readonly policy: Policy | null;
  /** Tool name to digest; null where nobody kept count. */
  readonly reviewed: ReadonlyMap<string, string> | null;
}

/**
 * Whether a person has decided about a tool: `new` where not, `changed` where the server has given it another definition
 * since, else `decided`.
 */
export type Standing = 'new' | 'changed' | 'decided';

export interface ToolReview extends OfferedTool {
  readonly standing: Standing;
  /** What the policy says now; null where it was never asked. */
  readonly current: ToolEntry | null;
}

/** Each tool beside what was decided about it. A rule that somebody wrote before there was a record is a decision too. */
export function reviewTools(offered: readonly OfferedTool[], { policy, reviewed }: Earlier): ToolReview[] {
  return offered.map((tool) => {
    const { name } = tool.verdict;
    const seen = reviewed?.get(name);
    const isMentioned = policy !== null && mentions(policy, name);
    if (policy === null || (seen === undefined && !isMentioned)) return { ...tool, standing: 'new', current: null };
    const isAsSeen = seen === undefined || seen === tool.digest;
    return { ...tool, standing: isAsSeen ? 'decided' : 'changed', current: entryIn(policy, name) };
  });
}

/** What is preselected: what was decided; for a tool that has changed since, that or the preset, whichever is stricter. */
export function proposedEntry({ verdict, standing, current }: ToolReview, preset: Preset): ToolEntry {
  const entry = presetEntry(preset, verdict);
  if (current === null) return entry;
  return standing === 'decided' ? current : stricterEntry(current, entry);
}

/** The names that the policy speaks of and the server no longer offers. */
export function toolsGone(offered: readonly OfferedTool[], { policy }: Earlier): string[] {
  if (policy === null) return [];
  const names = new Set(offered.map(({ verdict }) => verdict.name));
  return [...(policy.hide ?? []), ...Object.keys(policy.tools)].filter((name) => name !== '*' && !names.has(name));
}
