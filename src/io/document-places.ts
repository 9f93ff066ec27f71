/** Where in the text of a document its parts stand. */
import type { JsonPath } from '../core/policy/json-pointer.ts';

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

export interface LocatedDocument {
  readonly value: unknown;
  /** Where its key stands, or in a list it itself; where it is not there, what would hold it. */
  readonly placeOf: (path: JsonPath) => Place;
  /** With any of them the value counts for nothing. */
  readonly faults: readonly DocumentFault[];
}

/** A part of what a node holds. */
export interface Member<N> {
  readonly offset: number;
  readonly node: N | null;
}

/** Where the part at `path` stands, or the innermost that would hold it. */
export function offsetIn<N>(
  root: Member<N>,
  path: JsonPath,
  memberOf: (node: N, step: string | number) => Member<N> | null,
): number {
  let here = root;
  for (const step of path) {
    const found = here.node === null ? null : memberOf(here.node, step);
    if (found === null) break;
    here = found;
  }
  return here.offset;
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
  return { value: undefined, placeOf: () => place, faults: [{ ...place, code: 'not-readable', path: [], message }] };
}
