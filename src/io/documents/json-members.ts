import type { Node } from 'jsonc-parser';
import type { Member } from './document-places.ts';

/** What a node of JSON holds, by name or number. Of a name that is there twice the last one counts in a map. */
export function jsonMembers({ type, children = [] }: Node): (readonly [string, Member<Node>])[] {
  if (type === 'array') return children.map((node, at) => [String(at), { offset: node.offset, node }]);
  return children.map(({ offset, children: [key, value] = [] }) => [
    String(key?.value),
    { offset, node: value ?? null },
  ]);
}
