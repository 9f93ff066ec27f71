const MAX_CHARS = 100;

/** A name inside a sentence: one that is no plain word stands in quotes, so that it cannot go on as a sentence of ours. */
export function shownName(name: string): string {
  const shown = name.length <= MAX_CHARS ? name : `${name.slice(0, MAX_CHARS)}…`;
  return /^[\w.:@/-]*\w$/.test(shown) ? shown : JSON.stringify(shown);
}
