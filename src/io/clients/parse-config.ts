import type { Node, ParseError } from 'jsonc-parser';
import type { ConfigDocument, DocumentPath } from '../../core/clients/config-document.ts';
import { tomlLine } from '../../core/clients/toml-lines.ts';
import { lineOf } from '../yaml-lines.ts';

/** A config file as its ending says: TOML, YAML, or JSON with comments. Throws BrokenConfig where it is none. */
export async function parseConfig(path: string, text: string): Promise<ConfigDocument> {
  const plain = text.replace(/^\uFEFF/, '');
  if (plain.trim() === '') return { content: {}, lineOf: () => 1 };
  if (/\.toml$/i.test(path)) return parseToml(plain);
  return /\.ya?ml$/i.test(path) ? parseYaml(plain) : parseJson(plain);
}

/** Why a text is not what its name says. Quotes nothing of the text, which may be a secret. */
export class BrokenConfig extends Error {
  override readonly name = 'BrokenConfig';
}

async function parseJson(text: string): Promise<ConfigDocument> {
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const starts = lineStarts(text);
  const [first] = errors;
  if (first !== undefined) {
    const words = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
    throw new BrokenConfig(`Line ${lineAt(starts, first.offset)} is not JSON: ${words.toLowerCase()}.`);
  }
  return {
    content: root === undefined ? {} : contentOf(root),
    lineOf: (path) => lineAt(starts, root === undefined ? 0 : nearest(root, path).offset),
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

function nearest(root: Node, path: DocumentPath): Node {
  let node = root;
  let place = root;
  for (const key of path) {
    const { children = [] } = node;
    // Of a name that is there twice the last one counts.
    const property = children.findLast(({ type, children: [name] = [] }) => type === 'property' && name?.value === key);
    const next = node.type === 'array' ? children[Number(key)] : property?.children?.[1];
    if (next === undefined) return place;
    place = property ?? next;
    node = next;
  }
  return place;
}

function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function parseToml(text: string): Promise<ConfigDocument> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    return { content: plainObjects(parse(text)), lineOf: (path) => tomlLine(text, path) };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new BrokenConfig(`Line ${error.line} is not TOML.`);
  }
}

/** Dates are as much as their text here. */
function plainObjects(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value;
}

async function parseYaml(text: string): Promise<ConfigDocument> {
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const [first] = document.errors;
  if (first !== undefined) throw new BrokenConfig(`Line ${lines.linePos(first.pos[0]).line} is not YAML.`);
  try {
    return { content: document.toJS(), lineOf: (path) => lineOf(document, lines, path) ?? 1 };
  } catch (error) {
    throw new BrokenConfig((error as Error).message);
  }
}
