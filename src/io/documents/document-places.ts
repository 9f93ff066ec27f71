/** Where in the text of a document its parts stand. */
import type { JsonPath } from '../../core/policy/json-pointer.ts';

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface DocumentFault extends Place {
  readonly code: 'not-readable' | 'duplicate-key';
  /** Where it is known. */
  readonly path: JsonPath;
  readonly message: string;
}

/** One way to read a document of which some keys are there more than once. */
export interface Reading {
  readonly value: unknown;
  readonly placeOf: (path: JsonPath) => Place;
}

export interface LocatedDocument {
  /** Undefined where the text is not readable; of a key that is there twice it has the last. */
  readonly value: unknown;
  /** Where its key stands, or in a list it itself; where it is not there, what would hold it. */
  readonly placeOf: (path: JsonPath) => Place;
  /** With any of them nothing may rest on the value: it is there to be looked through for more that is wrong. */
  readonly faults: readonly DocumentFault[];
  /** The same with earlier copies of the keys that are there more than once, so that each copy can be looked through. */
  readonly earlier: () => readonly Reading[];
}

/** A part of what a node holds. */
export interface Member<N> {
  readonly offset: number;
  readonly node: N | null;
}

/**
 * Finds where the part at a path stands, or the innermost that would hold it. What a node holds is looked through once: a
 * policy can have as many problems as members.
 */
export function placeFinder<N extends object>(
  root: Member<N>,
  membersOf: (node: N) => Iterable<readonly [string, Member<N>]>,
): (path: JsonPath) => number {
  const indexes = new WeakMap<N, ReadonlyMap<string, Member<N>>>();
  const indexOf = (node: N): ReadonlyMap<string, Member<N>> => {
    const index = indexes.get(node) ?? new Map(membersOf(node));
    indexes.set(node, index);
    return index;
  };
  return (path) => {
    let here = root;
    for (const step of path) {
      const found = here.node === null ? undefined : indexOf(here.node).get(String(step));
      if (found === undefined) break;
      here = found;
    }
    return here.offset;
  };
}

/** Finds lines by halving, since a file can have as many problems as lines. */
export function lineFinder(text: string): (offset: number) => Place {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** A document of which nothing can be said but why. */
export function unreadableDocument(place: Place, message: string): LocatedDocument {
  const faults: DocumentFault[] = [{ ...place, code: 'not-readable', path: [], message }];
  return { value: undefined, placeOf: () => place, faults, earlier: () => [] };
}
