/** The rules alone: one tool, seen beside its siblings, to a verdict with its evidence. */
import type { Evidence } from '../classification.ts';
import { hiddenInstruction } from '../threats/hidden-instructions.ts';
import { CLASS_TABLE, EFFECTS, type Effect, type Risk, riskOf, type ToolClass } from '../verdict.ts';
import { classRules, effectRules } from './rules/index.ts';
import type { ToolView } from './tool-view.ts';
import { weigh } from './weigh.ts';

/** Evidence with what it weighs; that for an effect weighs nothing. */
export interface WeighedEvidence extends Evidence {
  readonly weight: number;
}

/** Evidence for a class, while it is weighed. */
interface ClassEvidence extends WeighedEvidence {
  readonly says: ToolClass;
  readonly decisive: boolean;
}

export interface Verdict {
  readonly class: ToolClass;
  readonly effects: readonly Effect[];
  readonly risk: Risk;
  readonly confidence: number;
  /** Heaviest first within what speaks for the class; effects last. */
  readonly evidence: readonly WeighedEvidence[];
  /** False where the definition gave nothing to go on. */
  readonly known: boolean;
  /** The definition carries instructions meant for the model alone: whatever the tool does, it is not to be trusted. */
  readonly poisoned: boolean;
}

const NOTHING_KNOWN: Verdict = {
  class: 'Other',
  effects: [],
  risk: 'medium',
  confidence: 0.1,
  evidence: [],
  known: false,
  poisoned: false,
};

/** Judges one tool by its text and schema. A tool that no rule knows is Other, of medium risk, and not `known`. */
export function judge(view: ToolView): Verdict {
  const verdict = judgeText(view);
  const hidden = hiddenInstruction(view.tool);
  if (hidden === null) return verdict;
  const evidence = { rule: 'threats/hidden-instructions', ...hidden, says: 'hidden-instructions', weight: 0 } as const;
  return { ...verdict, risk: 'critical', evidence: [evidence, ...verdict.evidence], known: true, poisoned: true };
}

function judgeText(view: ToolView): Verdict {
  const found = evidenceFor(view);
  const judgement = weigh(found);
  if (judgement === null) return NOTHING_KNOWN;
  const { class: toolClass, classes, confidence } = judgement;
  const effects = new Set<Effect>();
  for (const each of classes) {
    const { effect } = CLASS_TABLE[each];
    if (effect !== null) effects.add(effect);
  }
  const evidence: WeighedEvidence[] = [...found].sort((a, b) => b.weight - a.weight);
  for (const { id, says, find } of effectRules) {
    for (const { field, quote } of find(view, toolClass)) {
      effects.add(says);
      evidence.push({ rule: id, field, quote, says, weight: 0 });
    }
  }
  return {
    class: toolClass,
    effects: EFFECTS.filter((effect) => effects.has(effect)),
    risk: riskOf(toolClass, effects),
    confidence,
    evidence,
    known: true,
    poisoned: false,
  };
}

function evidenceFor(view: ToolView): ClassEvidence[] {
  const found: ClassEvidence[] = [];
  for (const { id, says, find } of classRules) {
    for (const { field, quote, weight, decisive = false } of find(view))
      found.push({ rule: id, field, quote, says, weight, decisive });
  }
  return found;
}
