/** Evidence weighed: the one place where rules that disagree are settled. */
import type { Evidence } from '../classification.ts';
import { CLASS_TABLE, CLASSES, type ToolClass } from '../verdict.ts';

export interface Weighed {
  readonly says: ToolClass;
  readonly weight: number;
  readonly decisive: boolean;
}

/** Evidence for a class: what was found, and what it weighs. */
export interface ClassEvidence extends Weighed {
  readonly piece: Evidence;
  /** A verb that is hardly ever anything else. */
  readonly plain: boolean;
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
/** Less than this, an unsure word of a name alone, is nothing to call a tool harmless on. */
const HARMLESS_FROM = 1.1;
/** Evidence that would halve the doubt that is left when all of it agrees. */
const DOUBT = 1.2;

/**
 * Sums the evidence by class and lets the dangerous direction win ties: the tool changes something unless the evidence
 * that it does not is heavier; among changes the most serious with a fair share decides. Returns null without evidence, or with too
 * little to call the tool harmless.
 */
export function weigh(evidence: readonly Weighed[]): Judgement | null {
  if (evidence.length === 0) return null;
  const sums: Record<ToolClass, number> = { Financial: 0, Destructive: 0, Execute: 0, Write: 0, Read: 0, Other: 0 };
  const decided = new Set<ToolClass>();
  for (const { says, weight, decisive } of evidence) {
    sums[says] += weight;
    if (decisive) decided.add(says);
  }
  const writing = sums.Financial + sums.Destructive + sums.Execute + sums.Write;
  const all = writing + sums.Read + sums.Other;
  const isWrite =
    CHANGES.some((each) => decided.has(each)) || (writing > 0 && writing >= Math.max(sums.Read, sums.Other));
  if (!isWrite) {
    const toolClass = sums.Other >= sums.Read ? 'Other' : 'Read';
    if (sums[toolClass] < HARMLESS_FROM) return null;
    return { class: toolClass, classes: [toolClass], confidence: confidence(sums[toolClass], all) };
  }
  const heaviest = Math.max(sums.Financial, sums.Destructive, sums.Execute, sums.Write);
  const classes = CHANGES.filter(
    (each) => decided.has(each) || (sums[each] > 0 && sums[each] >= SERIOUS_SHARE * heaviest),
  );
  const worst = classes[0] ?? 'Write';
  return { class: worst, classes, confidence: confidence(Math.max(sums[worst], heaviest * 0.8), all) };
}

/** Worst first. */
const CHANGES = CLASSES.filter((toolClass) => CLASS_TABLE[toolClass].category === 'Write');

/** The winner's share of all evidence, drawn towards a coin's toss by how little evidence there is. */
function confidence(winning: number, all: number): number {
  const share = winning / all;
  const known = all / (all + DOUBT);
  return Math.round(100 * (0.3 + (share - 0.3) * known)) / 100;
}
