/** Changes of a config file as data, so that what an editor of text made of them can be held against what was meant. */
import type { DocumentPath } from '../clients/config-document.ts';
import { isObject, type JsonObject } from '../tool.ts';

/** What becomes of one place in an entry; what would hold it is made. */
export interface EntryChange {
  /** From the entry. */
  readonly path: DocumentPath;
  /** Undefined takes it away. */
  readonly value: unknown;
  /** The key that a new one is put in front of, where there is such a one. */
  readonly before?: string;
}

/** The changes of one entry. */
export interface EntryEdit {
  /** Where the entry stands in the file. */
  readonly at: DocumentPath;
  readonly changes: readonly EntryChange[];
}

export function changedContent(content: unknown, edits: readonly EntryEdit[]): unknown {
  return edits.reduce(
    (whole, { at, changes }) =>
      changes.reduce((now, { path, value }) => withValueAt(now, [...at, ...path], value), whole),
    content,
  );
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(content: unknown, path: DocumentPath): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}

function withValueAt(content: unknown, [key, ...rest]: DocumentPath, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(content)) return content.map((item, at) => (at === key ? withValueAt(item, rest, value) : item));
  const object: JsonObject = isObject(content) ? content : {};
  const name = String(key);
  if (value === undefined && valueAt(object, [name, ...rest]) === undefined) return content;
  const changed = withValueAt(Object.hasOwn(object, name) ? object[name] : undefined, rest, value);
  // From entries, so that `__proto__` is a name like any other.
  const others = Object.entries(object);
  const isThere = Object.hasOwn(object, name);
  const entries = isThere
    ? others.map(([other, held]) => [other, other === name ? changed : held] as const)
    : [...others, [name, changed] as const];
  return Object.fromEntries(entries.filter(([other, held]) => other !== name || held !== undefined));
}
