/** Evidence weighed: the one place where rules that disagree are settled. */
import { CLASS_TABLE, CLASSES, type ToolClass } from '../verdict.ts';

export interface Weighed {
  readonly says: ToolClass;
  readonly weight: number;
  readonly decisive: boolean;
}

export interface Judgement {
  readonly class: ToolClass;
  /** Every class the tool can be seen in, worst first: the sum of its evidence is a good part of the heaviest. */
  readonly classes: readonly ToolClass[];
  /** 0 to 1: how much evidence there is, and how far it agrees. */
  readonly confidence: number;
}

/** A more serious class wins over the heaviest when it has at least this part of its weight. */
const SERIOUS_SHARE = 0.4;
/** Evidence that would halve the doubt that is left when all of it agrees. */
const DOUBT = 1.2;

/**
 * Sums the evidence by class and lets the dangerous direction win ties: the tool changes something unless the evidence
 * that it does not is heavier; among changes the most serious with a fair share decides. Returns null without evidence.
 */
export function weigh(evidence: readonly Weighed[]): Judgement | null {
  if (evidence.length === 0) return null;
  const sums = new Map<ToolClass, number>();
  for (const { says, weight } of evidence) sums.set(says, (sums.get(says) ?? 0) + weight);
  const decided = new Set(evidence.filter(({ decisive }) => decisive).map(({ says }) => says));
  const sum = (toolClass: ToolClass) => sums.get(toolClass) ?? 0;
  const changes = CLASSES.filter((toolClass) => CLASS_TABLE[toolClass].category === 'Write');
  const writing = total(changes, sum);
  const isWrite =
    changes.some((toolClass) => decided.has(toolClass)) ||
    (writing > 0 && writing >= Math.max(sum('Read'), sum('Other')));
  if (!isWrite) {
    const toolClass = sum('Other') >= sum('Read') ? 'Other' : 'Read';
    return { class: toolClass, classes: [toolClass], confidence: confidence(sum(toolClass), total(CLASSES, sum)) };
  }
  const heaviest = Math.max(...changes.map(sum));
  const classes = changes.filter(
    (toolClass) => sums.has(toolClass) && (decided.has(toolClass) || sum(toolClass) >= SERIOUS_SHARE * heaviest),
  );
  const worst = classes[0] as ToolClass;
  return { class: worst, classes, confidence: confidence(Math.max(sum(worst), heaviest * 0.8), total(CLASSES, sum)) };
}

function total(classes: readonly ToolClass[], sum: (toolClass: ToolClass) => number): number {
  return classes.reduce((all, toolClass) => all + sum(toolClass), 0);
}

/** The winner's share of all evidence, drawn towards a coin's toss by how little evidence there is. */
function confidence(winning: number, all: number): number {
  const share = winning / all;
  const known = all / (all + DOUBT);
  return Math.round(100 * (0.3 + (share - 0.3) * known)) / 100;
}
