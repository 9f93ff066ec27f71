import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import {
  type LocatedDocument,
  lineFinder,
  type Member,
  type Place,
  placeFinder,
  unreadableDocument,
} from './document-places.ts';

/** A text in YAML; a key that is there twice is a fault. */
export function yamlDocument(text: string): LocatedDocument {
  const placeAt = lineFinder(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const placeOf = yamlPlaces(document, placeAt);
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ pos, code, message }) => {
      const isTwice = code === 'DUPLICATE_KEY';
      return {
        ...placeAt(pos[0]),
        code: isTwice ? ('duplicate-key' as const) : ('not-readable' as const),
        path: [],
        message: isTwice ? 'has this key twice' : `is not YAML: ${message}`,
      };
    });
    return { value: undefined, placeOf, faults };
  }
  try {
    return { value: document.toJS(), placeOf, faults: [] };
  } catch (error) {
    if (error instanceof RangeError) throw error;
    // Aliases are resolved only here: one to nothing, or to itself many times over, is found late.
    return unreadableDocument({ line: 1, column: 1 }, `is not YAML: ${(error as Error).message}`);
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

const startOf = (node: Node): number => node.range?.[0] ?? 0;
