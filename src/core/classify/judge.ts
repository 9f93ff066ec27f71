/** The rules alone: one tool, seen beside its siblings, to a verdict with its evidence. */
import type { Evidence } from '../classification.ts';
import { CLASS_TABLE, EFFECTS, type Effect, type Risk, riskOf, type ToolClass } from '../verdict.ts';
import type { Rule } from './rule.ts';
import { classRules, effectRules } from './rules/index.ts';
import type { ToolView } from './tool-view.ts';
import { weigh } from './weigh.ts';

export interface WeighedEvidence extends Evidence {
  readonly weight: number;
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
}

const NOTHING_KNOWN: Verdict = { class: 'Other', effects: [], risk: 'medium', confidence: 0.1, evidence: [], known: false };

/** Judges one tool by its text and schema. A tool that no rule knows is Other, of medium risk, and not `known`. */
export function judge(view: ToolView): Verdict {
  const found = classRules.flatMap((rule) => hits(rule, view));
  const judgement = weigh(found);
  if (judgement === null) return NOTHING_KNOWN;
  const { class: toolClass, classes, confidence } = judgement;
  const effects = new Set<Effect>();
  for (const each of classes) {
    const { effect } = CLASS_TABLE[each];
    if (effect !== null) effects.add(effect);
  }
  const evidence: WeighedEvidence[] = found.map(({ decisive: _, ...rest }) => rest);
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
    evidence: evidence.sort((a, b) => b.weight - a.weight),
    known: true,
  };
}

function hits({ id, says, find }: Rule, view: ToolView) {
  return find(view).map(({ field, quote, weight, decisive }) => ({
    rule: id,
    field,
    quote,
    says,
    weight,
    decisive: decisive ?? false,
  }));
}
