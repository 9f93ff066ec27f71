import { getNodeValue, type Node, parseTree } from 'jsonc-parser';
import { locateJsonError } from '../../core/json/locate-json-error.ts';
import type { JsonPath } from '../../core/policy/json-pointer.ts';
import { type LocatedDocument, lineFinder, placeFinder, unreadableDocument } from './document-places.ts';
import { earlierReadings, type PickCopies } from './earlier-readings.ts';
import { jsonMembers } from './json-members.ts';

/** A text in strict JSON; a key that is there twice is a fault. */
export function jsonDocument(text: string): LocatedDocument {
  const fault = locateJsonError(text);
  if (fault !== null)
    return unreadableDocument(
      { line: fault.line, column: fault.column },
      `is not JSON: expected ${fault.expected}, found ${fault.found}`,
    );
  const placeAt = lineFinder(text);
  const node = parseTree(text) ?? null;
  const offsetOf = placeFinder({ node, offset: node?.offset ?? 0 }, jsonMembers);
  const twice = node === null ? [] : duplicateKeys(node, []);
  return {
    value: JSON.parse(text),
    placeOf: (path) => placeAt(offsetOf(path)),
    faults: twice.map(({ path, offset }) => ({
      ...placeAt(offset),
      code: 'duplicate-key',
      path,
      message: 'is there twice',
    })),
    earlier: () =>
      earlierReadings((copy, pick) => {
        const picked = node === null ? null : withPicked(node, copy, pick);
        const find = placeFinder({ node: picked, offset: picked?.offset ?? 0 }, jsonMembers);
        return { value: picked === null ? null : getNodeValue(picked), placeOf: (path) => placeAt(find(path)) };
      }),
  };
}

function withPicked(node: Node, copy: number, pick: PickCopies): Node {
  const { type, children } = node;
  if (children === undefined) return node;
  if (type !== 'object') return { ...node, children: children.map((child) => withPicked(child, copy, pick)) };
  const members = pick(children, (property) => String(property.children?.[0]?.value), copy);
  return { ...node, children: members.map(({ member, copy: below }) => withPicked(member, below, pick)) };
}

function duplicateKeys({ type, children = [] }: Node, path: JsonPath): { path: JsonPath; offset: number }[] {
  if (type === 'array') return children.flatMap((node, at) => duplicateKeys(node, [...path, at]));
  const seen = new Set<string>();
  return children.flatMap((property) => {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    const below = [...path, name];
    const twice = seen.has(name) ? [{ path: below, offset: property.offset }] : [];
    seen.add(name);
    return value === undefined ? twice : [...twice, ...duplicateKeys(value, below)];
  });
}
