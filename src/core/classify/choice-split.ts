/** A tool that is dangerous only through some values of one parameter, so that a policy can allow it without them. */
import { CLASS_TABLE, severity, type ToolClass, worse } from '../verdict.ts';
import { type Parameter, pathOf } from './parameters.ts';
import type { ToolView } from './tool-view.ts';
import type { ClassEvidence } from './weigh.ts';

export interface ChoiceSplit {
  /** Where the argument stands in a call: `args.action`. */
  readonly path: string;
  /** The values that may be allowed, in the order of the schema. */
  readonly harmless: readonly string[];
  /** The class of the tool when it is called with those alone. */
  readonly rest: ToolClass;
}

/**
 * The split of a tool of critical class, or null where it would not be safe: where its name or description say the same,
 * where two parameters hold dangerous values, or where the argument cannot be told in a condition. A value that no rule
 * knows is not harmless.
 */
export function splitByChoice(view: ToolView, evidence: readonly ClassEvidence[]): ChoiceSplit | null {
  const dangerous = view.choices.filter((choice) => isCritical(choice.class));
  const [first] = dangerous;
  if (first === undefined || dangerous.some(({ parameter }) => parameter !== first.parameter)) return null;
  const path = argumentPath(first.parameter);
  const harmless = view.choices.filter(
    ({ parameter, class: toolClass }) => parameter === first.parameter && !isCritical(toolClass),
  );
  // What the parameter itself and a list that repeats its values say is what is being split.
  const otherwise = evidence.filter(
    ({ piece }) => !isListed(piece.rule) && !piece.field.startsWith(`${pathOf(first.parameter)}.`),
  );
  if (path === null || harmless.length === 0 || otherwise.some(({ says }) => isCritical(says))) return null;
  return {
    path,
    harmless: harmless.map(({ value }) => value),
    rest: [...harmless.map((choice) => choice.class), ...changesAmong(otherwise)].reduce(worse),
  };
}

const isCritical = (toolClass: ToolClass) => CLASS_TABLE[toolClass].risk === 'critical';

const isListed = (rule: string) => rule.startsWith('description/listed-');

/** Without its dangerous values the tool may still change something by its name. */
function changesAmong(evidence: readonly ClassEvidence[]): ToolClass[] {
  return evidence
    .filter(({ says, weight }) => weight >= 1 && severity(says) < severity('Read'))
    .map(({ says }) => says);
}

/** `args.action`; null for a list, and for one inside a list or a union, which a condition cannot name. */
function argumentPath({ within, name, type }: Parameter): string | null {
  if (type === 'array' || type === 'object') return null;
  const parents = within.split('.properties.').slice(1);
  const steps = [...parents, name];
  const isPlain =
    within === ['inputSchema', ...parents].join('.properties.') && steps.every((step) => /^[\w-]+$/.test(step));
  return isPlain ? ['args', ...steps].join('.') : null;
}
