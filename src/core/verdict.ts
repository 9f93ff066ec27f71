/**
 * The scales a tool is judged on, and the one table that ties them together.
 * Adding a class or an effect stops compiling wherever a table misses it.
 */

/** What a successful call does: returns information, changes something, or serves the session itself. */
export const CATEGORIES = ['Read', 'Write', 'Other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** The most serious thing in a tool, worst first. */
export const CLASSES = ['Financial', 'Destructive', 'Execute', 'Write', 'Read', 'Other'] as const;
export type ToolClass = (typeof CLASSES)[number];

/** Why a tool is risky. The first three decide its class. */
export const EFFECTS = [
  'financial',
  'destructive',
  'execute',
  'access',
  'send',
  'secrets',
  'untrusted',
  'private',
] as const;
export type Effect = (typeof EFFECTS)[number];

/** Least first, so that an index compares two risks. */
export const RISKS = ['low', 'medium', 'high', 'critical'] as const;
export type Risk = (typeof RISKS)[number];

/** Category, usual risk, and the effect that puts a tool into the class, where one does. */
export const CLASS_TABLE: Readonly<Record<ToolClass, { category: Category; risk: Risk; effect: Effect | null }>> = {
  Financial: { category: 'Write', risk: 'critical', effect: 'financial' },
  Destructive: { category: 'Write', risk: 'critical', effect: 'destructive' },
  Execute: { category: 'Write', risk: 'high', effect: 'execute' },
  Write: { category: 'Write', risk: 'medium', effect: null },
  Read: { category: 'Read', risk: 'low', effect: null },
  Other: { category: 'Other', risk: 'low', effect: null },
};

/** How serious a class is, 0 the worst: the place in `CLASSES`. */
export function severity(toolClass: ToolClass): number {
  return CLASSES.indexOf(toolClass);
}

/** The more serious of two classes. */
export function worse(a: ToolClass, b: ToolClass): ToolClass {
  return severity(a) <= severity(b) ? a : b;
}

/** Whether `risk` reaches `threshold`. */
export function reaches(risk: Risk, threshold: Risk): boolean {
  return RISKS.indexOf(risk) >= RISKS.indexOf(threshold);
}

/** The risk of a class, raised for secrets that are read and access that is changed. */
export function riskOf(toolClass: ToolClass, effects: readonly Effect[]): Risk {
  const usual = CLASS_TABLE[toolClass].risk;
  const raised =
    (toolClass === 'Read' && effects.includes('secrets')) || (toolClass === 'Write' && effects.includes('access'));
  return raised ? 'high' : usual;
}
