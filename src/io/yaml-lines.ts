import type { Document, LineCounter, Node, Pair } from 'yaml';

/** Where the value at a path of a YAML document stands; where there is none, the innermost that holds it. Lines count from 1. */
export function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number | null {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0];
  for (const key of path) {
    const found = childOf(node, key);
    if (found === null) break;
    offset = found.offset ?? offset;
    node = found.node;
  }
  return offset === undefined ? null : lines.linePos(offset).line;
}

/** A member of a map is where its key is. */
function childOf(node: unknown, key: string | number): { node: unknown; offset: number | undefined } | null {
  const { items } = (node ?? {}) as { items?: readonly (Node | Pair<Node, Node>)[] };
  for (const [at, item] of (items ?? []).entries()) {
    if ('key' in item) {
      const name = item.key as Node & { value?: unknown };
      if (String(name.value) === String(key)) return { node: item.value, offset: name.range?.[0] };
    } else if (at === key) return { node: item, offset: item.range?.[0] };
  }
  return null;
}
