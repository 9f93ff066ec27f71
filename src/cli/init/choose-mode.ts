import { PRESETS, type Preset } from '../../core/policy/recommend/preset.ts';
import { proposedEntry, type ToolReview } from '../../core/policy/recommend/review.ts';
import { plural } from '../../render/text/counts.ts';
import { treatmentCounts } from '../../render/text/treatment-words.ts';
import type { Terminal } from '../terminal.ts';
import { type Answered, askOrBack } from './ask-or-back.ts';
import { selectOne } from './inquirer.ts';

/** How tools are decided about: all at once, or one by one; and then those that are open, or all. */
export type Mode =
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'review'; readonly all: boolean };

const PRESET_WORDS: Readonly<Record<Preset, string>> = {
  recommended: 'What is recommended: reads run, writes are limited, destructive tools are hidden',
  'read-only': 'Reads run, and nothing else',
  'deny-unreviewed': 'Nothing runs that was not reviewed',
};

/** Asks how to decide about the tools that are open: new ones, and those that have changed since they were decided about. */
export function chooseMode(
  reviews: readonly ToolReview[],
  { terminal, color }: { readonly terminal: Terminal; readonly color: boolean },
): Promise<Answered<Mode>> {
  const open = reviews.filter(({ standing }) => standing !== 'decided');
  const isFirst = open.length === reviews.length;
  const presets = PRESETS.map((preset) => ({
    value: { kind: 'preset', preset } as Mode,
    name: PRESET_WORDS[preset],
    description: `${plural(open.length, 'tool')}: ${treatmentCounts(open.map((review) => proposedEntry(review, preset)))}`,
  }));
  const reviewOpen = { value: { kind: 'review', all: false } as Mode, name: 'Let me decide tool by tool' };
  const reviewAll = { value: { kind: 'review', all: true } as Mode, name: 'Show me all tools, decided or not' };
  const keep = { value: { kind: 'preset', preset: 'recommended' } as Mode, name: 'Keep what was decided' };
  const choices = isFirst
    ? [...presets, reviewOpen]
    : open.length > 0
      ? [...presets, reviewOpen, reviewAll]
      : [keep, reviewAll];
  return askOrBack(terminal, { color }, (context) =>
    selectOne(context, { message: question(reviews, open), pageSize: 8, choices }),
  );
}

function question(reviews: readonly ToolReview[], open: readonly ToolReview[]): string {
  if (open.length === reviews.length) return `How shall the ${plural(open.length, 'tool')} be treated?`;
  if (open.length === 0)
    return `All ${plural(reviews.length, 'tool')} were decided about before, and none has changed.`;
  return `How shall the ${plural(open.length, 'tool')} be treated that ${open.length === 1 ? 'is' : 'are'} new or changed? The others stay as they are.`;
}
