import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isUpKey,
  type KeypressEvent,
  useKeypress,
  usePagination,
  useState,
} from '@inquirer/core';
import type { ToolReview } from '../../core/policy/recommend/review.ts';
import { entryFor, type ToolEntry, type Treatment } from '../../core/policy/recommend/tool-entry.ts';
import {
  nameColumns,
  type ReviewLine,
  reviewDetail,
  reviewKeys,
  reviewLines,
  reviewLineText,
  reviewTitle,
} from '../../render/init/review-screen.ts';

/** Tool name to what is decided about it. */
export type Entries = ReadonlyMap<string, ToolEntry>;

export interface ReviewQuestion {
  readonly server: string;
  /** Which of how many servers. */
  readonly at: number;
  readonly of: number;
  readonly reviews: readonly ToolReview[];
  /** What is preselected. */
  readonly entries: Entries;
  readonly color: boolean;
  /** Asked anew with every key, since windows change. */
  readonly screen: () => { readonly columns: number; readonly rows: number };
}

const TREATMENT_KEYS: Readonly<Record<string, Treatment>> = { a: 'allow', l: 'limit', k: 'ask', d: 'deny', h: 'hide' };

/** Lines that the reasons may take. */
const MAX_DETAIL = 10;
/** The title, a blank line on either side of the list, and the line of the cursor. */
const OTHER_LINES = 4;

/** Shows the tools of one server, worst first; a key decides about one, with shift about all of its risk. */
export const reviewPrompt = createPrompt<Entries, ReviewQuestion>((question, done) => {
  const { server, at, of, reviews, color } = question;
  const lines = reviewLines(reviews);
  const [active, setActive] = useState(1);
  const [entries, setEntries] = useState(question.entries);
  const [isOpen, setOpen] = useState(false);
  const [isDone, setDone] = useState(false);
  const screen = question.screen();
  const options = { color, columns: screen.columns };
  const current = toolAt(lines, active);
  const names = nameColumns(lines, screen.columns);
  const keys = reviewKeys(options);
  const detail =
    isOpen && current !== null
      ? ['', ...reviewDetail(current, { ...options, maxLines: Math.min(MAX_DETAIL, Math.floor(screen.rows / 3)) })]
      : [];
  const pageSize = Math.max(3, screen.rows - OTHER_LINES - detail.length - keys.length);

  useKeypress((key) => {
    const treatment = key.ctrl ? undefined : treatmentOfKey(key);
    if (isEnterKey(key)) {
      setDone(true);
      done(entries);
    } else if (treatment !== undefined && current !== null) {
      const chosen = key.shift ? reviews.filter(({ verdict }) => verdict.risk === current.verdict.risk) : [current];
      setEntries(decided(entries, chosen, treatment));
    } else if (key.name === 'w' && !key.ctrl) setOpen(!isOpen);
    else setActive(moved(lines, active, { key, pageSize }));
  });

  const page = usePagination({
    items: lines,
    active,
    renderItem: ({ item, isActive }) => {
      const entry = item.kind === 'tool' ? entries.get(item.review.verdict.name) : undefined;
      return reviewLineText(item, { entry, isActive, names }, options);
    },
    pageSize,
    loop: false,
  });
  if (isDone) return '';
  const title = reviewTitle(server, { at, of, entries: [...entries.values()] }, options);
  return [[title, '', page, ...detail, '', ...keys].join('\n'), ''];
});

function toolAt(lines: readonly ReviewLine[], at: number): ToolReview | null {
  const line = lines[at];
  return line?.kind === 'tool' ? line.review : null;
}

function treatmentOfKey({ name }: KeypressEvent): Treatment | 'recommended' | undefined {
  if (name === 'r') return 'recommended';
  return Object.hasOwn(TREATMENT_KEYS, name ?? '') ? TREATMENT_KEYS[name] : undefined;
}

function decided(entries: Entries, reviews: readonly ToolReview[], treatment: Treatment | 'recommended'): Entries {
  const after = new Map(entries);
  for (const { verdict } of reviews) {
    const { name, rule, hidden } = verdict;
    after.set(name, treatment === 'recommended' ? { rule, hidden } : entryFor(treatment, verdict));
  }
  return after;
}

/** Where the cursor goes: to the next tool in the direction of the key, past the lines that only say a risk. */
function moved(
  lines: readonly ReviewLine[],
  from: number,
  { key, pageSize }: { readonly key: KeypressEvent; readonly pageSize: number },
): number {
  const last = lines.length - 1;
  const step = isUpKey(key) ? -1 : isDownKey(key) ? 1 : (JUMPS[key.name] ?? 0) * (pageSize - 1);
  const target = key.name === 'home' ? 1 : key.name === 'end' ? last : Math.min(last, Math.max(1, from + step));
  if (lines[target]?.kind === 'tool') return target;
  // The line of a risk is never the last, and never the first tool's place.
  return step < 0 ? target - 1 : target + 1;
}

const JUMPS: Readonly<Record<string, number>> = { pageup: -1, pagedown: 1 };
