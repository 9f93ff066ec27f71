import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { JsonPath } from '../../core/policy/json-pointer.ts';
import {
  type DocumentFault,
  type LocatedDocument,
  lineFinder,
  type Member,
  type Place,
  placeFinder,
  type Reading,
  unreadableDocument,
} from './document-places.ts';
import { earlierReadings, type PickCopies } from './earlier-readings.ts';

/** A text in YAML; a key that is there twice is a fault. */
export function yamlDocument(text: string): LocatedDocument {
  const placeAt = lineFinder(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const placeOf = yamlPlaces(document, placeAt);
  const twice = new Map(document.errors.length === 0 ? [] : duplicateKeys(document.contents as Node | null, []));
  const faults = document.errors.map(({ pos, code, message }): DocumentFault => {
    if (code !== 'DUPLICATE_KEY') {
      // Of a second document the library tells a programmer which function to call.
      const says = code === 'MULTIPLE_DOCS' ? 'is more than one document' : `is not YAML: ${message}`;
      return { ...placeAt(pos[0]), code: 'not-readable', path: [], message: says };
    }
    const path = twice.get(pos[0]);
    const says = path === undefined ? 'has this key twice' : 'is there twice';
    return { ...placeAt(pos[0]), code: 'duplicate-key', path: path ?? [], message: says };
  });
  if (faults.some(({ code }) => code === 'not-readable'))
    return { value: undefined, placeOf, faults, earlier: () => [] };
  const earlier = (): Reading[] => earlierReadings((copy, pick) => pickedYaml(text, copy, pick, placeAt));
  try {
    return { value: document.toJS(), placeOf, faults, earlier };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // Aliases are resolved only here: one to nothing, or to itself many times over, is found late.
    return unreadableDocument({ line: 1, column: 1 }, `is not YAML: ${(error as Error).message}`);
  }
}

function pickedYaml(
  text: string,
  number: number,
  pick: PickCopies,
  placeAt: (offset: number) => Place,
): Reading | null {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const keepPicked = (node: unknown, copy: number): void => {
    if (isSeq<Node>(node)) for (const item of node.items) keepPicked(item, copy);
    if (!isMap<Node, Node | null>(node)) return;
    const picked = pick(
      node.items,
      ({ key }) => (isScalar(key) ? String(key.value ?? '') : String(startOf(key))),
      copy,
    );
    node.items = picked.map(({ member }) => member);
    for (const { member, copy: below } of picked) keepPicked(member.value, below);
  };
  keepPicked(document.contents, number);
  try {
    return { value: document.toJS(), placeOf: yamlPlaces(document, placeAt) };
  } catch {
    // What an alias stands for may be in the copy that was left out.
    return null;
  }
}

/** Where the parts of a document stand, given where its offsets do. */
export function yamlPlaces(document: Document, placeAt: (offset: number) => Place): LocatedDocument['placeOf'] {
  const node = document.contents as Node | null;
  const offsetOf = placeFinder({ node, offset: node === null ? 0 : startOf(node) }, membersIn(document));
  return (path) => placeAt(offsetOf(path));
}

const membersIn =
  (document: Document) =>
  (node: Node): (readonly [string, Member<Node>])[] => {
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isSeq<Node>(target)) return target.items.map((item, at) => [String(at), { offset: startOf(item), node: item }]);
    if (!isMap<Node, Node | null>(target)) return [];
    return target.items.flatMap(({ key, value }) =>
      isScalar(key) ? [[String(key.value ?? ''), { offset: startOf(key), node: value }]] : [],
    );
  };

/** Offset to path of each key that its map holds already. */
function duplicateKeys(node: Node | null, path: JsonPath): [number, JsonPath][] {
  if (isSeq<Node>(node)) return node.items.flatMap((item, at) => duplicateKeys(item, [...path, at]));
  if (!isMap<Node, Node | null>(node)) return [];
  const seen = new Set<string>();
  return node.items.flatMap(({ key, value }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value ?? '');
    const below = [...path, name];
    const found: [number, JsonPath][] = seen.has(name) ? [[startOf(key), below]] : [];
    seen.add(name);
    return [...found, ...duplicateKeys(value, below)];
  });
}

const startOf = (node: Node): number => node.range?.[0] ?? 0;
