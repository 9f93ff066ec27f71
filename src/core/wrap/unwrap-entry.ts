import type { EntryFields } from '../clients/client.ts';
import type { DocumentPath } from '../clients/config-document.ts';
import { isObject, type JsonObject } from '../tool.ts';
import { type EntryChange, valueAt } from './entry-change.ts';
import { placeOfParts, remoteKeys, spelling, TYPE_KEYS } from './wrap-entry.ts';

export interface UnwrapContext {
  readonly fields: EntryFields;
  /** The names of the values that the project file leaves open; null where it cannot be read any more. */
  readonly asked: readonly string[] | null;
}

/**
 * What brings an entry back that runs behind the gateway: how it is reached is taken from what it was before, and what
 * somebody has changed in it since stays.
 */
export function unwrapEntry(
  current: JsonObject,
  original: JsonObject,
  { fields, asked }: UnwrapContext,
): EntryChange[] {
  const now = placeOfParts(current, fields);
  const then = placeOfParts(original, fields);
  const keys = [...fields.command, ...fields.args, ...fields.environmentNames, ...TYPE_KEYS];
  const anchor = spelling(now.object, fields.command);
  const back = [...new Set([...remoteKeys(then.object, fields), ...keys])]
    .filter((key) => !isSame(valueAt(now.object, [key]), valueAt(then.object, [key])))
    .map((key) => ({
      path: [key],
      value: valueAt(then.object, [key]),
      ...(anchor !== undefined && anchor !== key && { before: anchor }),
    }));
  // What is put back in front of the command comes before the command goes.
  const sorted = [
    ...back.filter(({ value }) => value !== undefined),
    ...back.filter(({ value }) => value === undefined),
  ];
  return [...sorted, ...environmentBack(now.object, then.object, { fields, asked })].map((change) => ({
    ...change,
    path: [...now.path, ...change.path],
  }));
}

/** Of the environment goes what wrapping moved there; what a person added since stays. */
function environmentBack(now: JsonObject, then: JsonObject, { fields, asked }: UnwrapContext): EntryChange[] {
  return fields.env.flatMap((key): EntryChange[] => {
    const [held, before] = [valueAt(now, [key]), valueAt(then, [key])];
    if (isSame(held, before)) return [];
    if (!isObject(held)) return [{ path: [key], value: before }];
    const known = isObject(before) ? before : {};
    const wasMoved = (name: string): boolean => asked?.includes(name) ?? isPartOf(then, held[name]);
    const moved = Object.keys(held).filter((name) => !Object.hasOwn(known, name) && wasMoved(name));
    if (moved.length === Object.keys(held).length && before === undefined) return [{ path: [key], value: undefined }];
    return moved.map((name): { path: DocumentPath; value: undefined } => ({ path: [key, name], value: undefined }));
  });
}

const MIN_PART_CHARS = 6;

/** A guess: what is long enough and stands in the entry as it was came from there. */
function isPartOf(entry: JsonObject, value: unknown): boolean {
  const part = JSON.stringify(value).slice(1, -1);
  return part.length >= MIN_PART_CHARS && JSON.stringify(entry).includes(part);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
