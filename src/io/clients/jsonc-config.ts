import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { ConfigDocument } from '../../core/clients/config-document.ts';
import { lineFinder, type Member, offsetIn } from '../document-places.ts';
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
  return {
    content: node === null ? {} : contentOf(node),
    lineOf: (path) => placeAt(offsetIn({ node, offset: node?.offset ?? 0 }, path, memberOf)).line,
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

/** Of a name that is there twice the last one counts. */
function memberOf({ type, children = [] }: Node, step: string | number): Member<Node> | null {
  if (type === 'array') {
    const item = children[Number(step)];
    return item === undefined ? null : { offset: item.offset, node: item };
  }
  const property = children.findLast(({ children: [key] = [] }) => key?.value === step);
  return property === undefined ? null : { offset: property.offset, node: property.children?.[1] ?? null };
}
