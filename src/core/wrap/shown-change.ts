/** What a person sees of a change: never a value of an environment or a header, nor what looks like a secret elsewhere. */
import type { EntryFields } from '../clients/client.ts';
import { hideFallbacks } from '../clients/expand-variables.ts';
import { MASK, maskAddress, maskArguments } from '../secrets/secret-looking.ts';
import { isObject } from '../tool.ts';
import { valueAt } from './entry-change.ts';
import type { PlannedEntry } from './plan.ts';

export interface ShownChange {
  readonly sign: '-' | '+';
  readonly key: string;
  readonly text: string;
}

/** Old lines in front of the new ones of the same key, as in a diff. */
export function shownChanges({ raw, changes }: PlannedEntry, fields: EntryFields): ShownChange[] {
  const removed: ShownChange[] = [];
  const added: ShownChange[] = [];
  for (const { path, value } of changes) {
    const before = valueAt(raw, path);
    if (JSON.stringify(before) === JSON.stringify(value)) continue;
    const key = path.join('.');
    if (before !== undefined) removed.push({ sign: '-', key, text: shownValue(before, path, fields) });
    if (value !== undefined) added.push({ sign: '+', key, text: shownValue(value, path, fields) });
  }
  return [...removed, ...added];
}

function shownValue(value: unknown, path: readonly (string | number)[], fields: EntryFields): string {
  const isHidden = [...fields.env, ...fields.headers].some((key) => path.includes(key));
  if (isHidden) return JSON.stringify(masked(value));
  const words = Array.isArray(value) ? maskArguments(value.map(String)) : null;
  if (words !== null) return JSON.stringify(words.map(hideFallbacks));
  if (isObject(value)) return JSON.stringify(masked(value));
  return hideFallbacks(
    JSON.stringify(typeof value === 'string' ? maskAddress(maskArguments([value])[0] ?? '') : value),
  );
}

/** Names stay, values go. */
function masked(value: unknown): unknown {
  if (!isObject(value)) return MASK;
  return Object.fromEntries(Object.keys(value).map((key) => [key, MASK]));
}
