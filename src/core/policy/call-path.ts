/** Where in a call a value stands: `args.items.0.name`. */

/** A value, and whether there is one: null is a value. */
export type Found = { readonly isThere: true; readonly value: unknown } | typeof MISSING;

export const MISSING = { isThere: false, value: undefined } as const;

/** The steps below `args`. In a name `\.` is a dot and `\\` a backslash. */
export function stepsOf(path: string): readonly string[] {
  return (path.match(/\.(?:[^.\\]|\\.)+/gs) ?? []).map((step) => step.slice(1).replaceAll(/\\(.)/gs, '$1'));
}

/** The path of steps below `args`: the reverse of `stepsOf`. */
export function pathOfSteps(steps: readonly string[]): string {
  return ['args', ...steps.map((step) => step.replaceAll(/[.\\]/g, '\\$&'))].join('.');
}

/** What stands there. Own properties only, so that nothing of a prototype is ever found; elements of lists by number. */
export function valueAt(args: unknown, steps: readonly string[]): Found {
  let value = args;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return MISSING;
    // The length of a list is its own property, and no argument.
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(step)) return MISSING;
    if (!Object.hasOwn(value, step)) return MISSING;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value === undefined ? MISSING : { isThere: true, value };
}
