import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { lineFinder, placeFinder } from '../documents/document-places.ts';
import { jsonMembers } from '../documents/json-members.ts';
import { BrokenConfig } from './broken-config.ts';

/** JSON as clients read it: with comments, and with commas behind the last item. */
export function parseJsonc(text: string): ConfigDocument {
  const errors: ParseError[] = [];
  const node = parseTree(text, errors, { allowTrailingComma: true }) ?? null;
  const placeAt = lineFinder(text);
  const [first] = errors;
  if (first !== undefined) {
    const words = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    throw new BrokenConfig(`Line ${placeAt(first.offset).line} is not JSON: ${words.toLowerCase()}.`);
  }
  const offsetOf = placeFinder({ node, offset: node?.offset ?? 0 }, jsonMembers);
  return {
    content: node === null ? {} : contentOf(node),
    lineOf: (path) => placeAt(offsetOf(path)).line,
  };
}

/** Made by hand, so that `__proto__` is a name like any other. */
function contentOf({ type, value, children = [] }: Node): unknown {
  if (type === 'array') return children.map(contentOf);
  if (type !== 'object') return value;
  return Object.fromEntries(
    children.flatMap(({ children: [key, member] = [] }) => (key && member ? [[key.value, contentOf(member)]] : [])),
  );
}
