import { isObject } from '../tool.ts';

export type DocumentPath = readonly (string | number)[];

/** A config file that was read: what it says, and on which line. */
export interface ConfigDocument {
  readonly content: unknown;
  /** Counts from 1; the line of the nearest place above where the place itself cannot be found. */
  readonly lineOf: (path: DocumentPath) => number;
}

/** A place of a document that fits a pattern, with what the pattern's names stand for there. */
export interface Place {
  readonly path: DocumentPath;
  readonly value: unknown;
  readonly names: Readonly<{ server?: string; project?: string }>;
}

/** Every place that fits the keys; `<server>` and `<project>` fit any key. */
export function placesOf(content: unknown, keys: readonly string[]): Place[] {
  let places: Place[] = [{ path: [], value: content, names: {} }];
  for (const key of keys) places = places.flatMap((place) => stepsInto(place, key));
  return places;
}

function stepsInto({ path, value, names }: Place, key: string): Place[] {
  const name = /^<(server|project)>$/.exec(key)?.[1];
  if (name === undefined) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return [];
    return [{ path: [...path, key], value: value[key], names }];
  }
  return membersOf(value).map((member) => ({
    path: [...path, member.key],
    value: member.value,
    names: { ...names, [name]: member.name },
  }));
}

interface Member {
  readonly key: string | number;
  /** The key, or for an item of a list what it calls itself. */
  readonly name: string;
  readonly value: unknown;
}

/** What a map or a list holds. */
export function membersOf(value: unknown): Member[] {
  if (Array.isArray(value))
    return value.map((item: unknown, key) => {
      const name = isObject(item) ? (item.name ?? item.id) : undefined;
      return { key, name: typeof name === 'string' ? name : `${key + 1}`, value: item };
    });
  return isObject(value) ? Object.entries(value).map(([key, member]) => ({ key, name: key, value: member })) : [];
}
