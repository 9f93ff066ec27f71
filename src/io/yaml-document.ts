import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type LocatedDocument, lineFinder, type Member, offsetIn, unreadableDocument } from './document-places.ts';

/** A text in YAML; a key that is there twice is a fault. */
export function yamlDocument(text: string): LocatedDocument {
  const placeAt = lineFinder(text);
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
  const node = document.contents as Node | null;
  const root = { node, offset: node?.range?.[0] ?? 0 };
  const placeOf: LocatedDocument['placeOf'] = (path) => placeAt(offsetIn(root, path, memberIn(document)));
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

const memberIn =
  (document: Document) =>
  (node: Node, step: string | number): Member<Node> | null => {
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isSeq(target)) {
      const item = target.items[Number(step)] as Node | undefined;
      return item === undefined ? null : { offset: item.range?.[0] ?? 0, node: item };
    }
    if (!isMap(target)) return null;
    const pair = target.items.find(({ key }) => isScalar(key) && String(key.value ?? '') === String(step));
    const key = pair?.key as Node | undefined;
    return key === undefined ? null : { offset: key.range?.[0] ?? 0, node: (pair?.value ?? null) as Node | null };
  };
