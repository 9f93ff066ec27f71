import type { Classification } from '../../classification.ts';
import type { ToolEntry } from './tool-entry.ts';

/** Ways to treat all tools of a server at once. */
export const PRESETS = ['recommended', 'read-only', 'deny-unreviewed'] as const;
export type Preset = (typeof PRESETS)[number];

/**
 * What a preset makes of a tool: what is recommended; that only where a call changes nothing; or nothing at all.
 * What is recommended to be hidden is hidden in each.
 */
export function presetEntry(
  preset: Preset,
  { category, rule, hidden }: Pick<Classification, 'category' | 'rule' | 'hidden'>,
): ToolEntry {
  if (hidden || preset === 'recommended') return { rule, hidden };
  return { rule: preset === 'read-only' && category !== 'Write' ? rule : null, hidden: false };
}
