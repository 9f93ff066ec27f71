/** Whether somebody who names servers means one that is called so; who names none means all. */
export function isMeant(names: readonly string[], ...called: readonly (string | undefined)[]): boolean {
  return names.length === 0 || called.some((name) => name !== undefined && names.includes(name));
}
