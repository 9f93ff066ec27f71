import type { Preset } from '../../core/policy/recommend/preset.ts';
import { proposedEntry, type ToolReview } from '../../core/policy/recommend/review.ts';
import type { ReviewedServer } from '../../workflows/review-servers.ts';
import type { Terminal } from '../terminal.ts';
import { type Answered, askOrBack, BACK } from './ask-or-back.ts';
import type { Mode } from './choose-mode.ts';
import type { Entries } from './review-prompt.ts';

/** What is decided about the tools of one server. */
export interface DecidedServer extends ReviewedServer {
  readonly entries: Entries;
  /** The tools that somebody has decided about, by looking or by a preset that says so. */
  readonly settled: ReadonlySet<string>;
}

/** The tools as a preset treats them; what was decided before stays. */
export function decideByPreset(server: ReviewedServer, preset: Preset): DecidedServer {
  const entries = new Map(server.reviews.map((review) => [review.verdict.name, proposedEntry(review, preset)]));
  const settled = server.reviews.filter((review) => isSettled(review, preset)).map(({ verdict }) => verdict.name);
  return { ...server, entries, settled: new Set(settled) };
}

/** What is denied only because nobody has looked at it yet stays open, so that the next run asks. */
function isSettled({ verdict, standing, current }: ToolReview, preset: Preset): boolean {
  if (standing === 'decided' || verdict.hidden) return true;
  if (verdict.rule === null) return current !== null;
  return preset !== 'deny-unreviewed' || current !== null;
}

/** Shows server after server. Escape goes to the one before, and from the first back to the question before. */
export async function decideByReview(
  servers: readonly ReviewedServer[],
  { all }: Extract<Mode, { kind: 'review' }>,
  { terminal, color }: { readonly terminal: Terminal; readonly color: boolean },
): Promise<Answered<DecidedServer[]>> {
  const { reviewPrompt } = await import('./review-prompt.ts');
  const decided = servers.map((server) => decideByPreset(server, 'recommended'));
  const isShown = ({ standing }: ToolReview): boolean => all || standing !== 'decided';
  const shown = decided.flatMap(({ reviews }, at) => (reviews.some(isShown) ? [at] : []));
  for (let turn = 0; turn < shown.length; ) {
    const at = shown[turn] as number;
    const { report, reviews, entries } = decided[at] as DecidedServer;
    const asked = reviews.filter(isShown);
    const answer = await askOrBack(terminal, { color }, (context) =>
      reviewPrompt(
        {
          server: report.name,
          at: turn,
          of: shown.length,
          reviews: asked,
          entries: new Map([...entries].filter(([name]) => asked.some(({ verdict }) => verdict.name === name))),
          color,
          screen: () => terminal.screen,
        },
        context,
      ),
    );
    if (answer === BACK && turn === 0) return BACK;
    if (answer === BACK) turn -= 1;
    else {
      decided[at] = {
        ...(decided[at] as DecidedServer),
        entries: new Map([...entries, ...answer]),
        settled: new Set(reviews.map(({ verdict }) => verdict.name)),
      };
      turn += 1;
    }
  }
  return decided;
}
