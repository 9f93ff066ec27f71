import {
  Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { DocumentPath } from '../../../core/clients/config-document.ts';
import type { EntryEdit } from '../../../core/wrap/entry-change.ts';
import { BrokenConfig } from '../broken-config.ts';
import { lineEndOf, lineStart, type TextEdit, withEdit } from './text-edit.ts';

/** YAML. Only the values and keys that change are written anew; where they stand between braces, what the braces hold. */
export function editYaml(text: string, edits: readonly EntryEdit[]): string {
  return edits.reduce(
    (whole, { at, changes }) =>
      changes.reduce((now, { path, value, before }) => changed(now, [...at, ...path], { value, before }), whole),
    text,
  );
}

interface Change {
  readonly value: unknown;
  readonly before: string | undefined;
}

function changed(text: string, path: DocumentPath, change: Change): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (!isMap<Scalar, Node | null>(parent)) {
    if (change.value === undefined) return text;
    if (parent !== undefined && !(isScalar(parent) && parent.value === null)) throw new BrokenConfig('It is no map.');
    return changed(text, path.slice(0, -1), { ...change, value: Object.fromEntries([[String(key), change.value]]) });
  }
  if (parent.flow) return withEdit(text, flowMapEdit(text, document, parent, String(key), change));
  const at = parent.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = parent.items[at];
  if (change.value === undefined) return pair === undefined ? text : withEdit(text, removal(text, parent, at));
  const edit =
    pair === undefined ? insertion(text, parent, String(key), change) : replacement(text, pair, change.value);
  return withEdit(text, edit);
}

/** All that the braces hold is written anew, in their own manner. */
function flowMapEdit(text: string, document: Document, map: YAMLMap, key: string, { value, before }: Change): TextEdit {
  const [from, to] = rangeOf(map);
  const pair = document.createPair(key, document.createNode(value, { flow: true }));
  if (value === undefined) map.delete(key);
  else if (map.has(key)) map.set(key, pair.value);
  else {
    const next = map.items.findIndex((item) => isScalar(item.key) && item.key.value === before);
    map.items.splice(next < 0 ? map.items.length : next, 0, pair as never);
  }
  map.commentBefore = null;
  map.comment = null;
  return { from, to, text: rendered(map, { isPadded: /^[{[]\s/.test(text.slice(from, to)) }) };
}

function replacement(text: string, pair: Pair<Scalar, Node | null>, value: unknown): TextEdit {
  const held = pair.value;
  const keyEnd = rangeOf(pair.key)[1];
  if (held === null || (isScalar(held) && held.value === null && held.source === '')) {
    const colon = text.indexOf(':', keyEnd) + 1;
    return { from: colon, to: colon, text: ` ${renderedNew(value)}` };
  }
  const from = rangeOf(held)[0];
  const to = endOf(text, held);
  if (isSeq(held) && !held.flow && Array.isArray(value)) {
    const gap = lineEndOf(text) + ' '.repeat(from - lineStart(text, from));
    return { from, to, text: value.map((item) => `- ${renderedNew(item)}`).join(gap) };
  }
  if (isCollection(held) && !held.flow) {
    // Begins on the line of its key, as what comes in its place does.
    const colon = text.indexOf(':', keyEnd) + 1;
    return { from: colon, to, text: ` ${renderedNew(value)}` };
  }
  const isPadded = /^[{[]\s/.test(text.slice(from, to));
  return { from, to, text: renderedNew(value, { isPadded, like: held }) };
}

function insertion(text: string, map: YAMLMap<Scalar, Node | null>, key: string, { value, before }: Change): TextEdit {
  const line = `${renderedNew(key)}: ${renderedNew(value)}`;
  const next = map.items.find((item) => isScalar(item.key) && item.key.value === before);
  const near = next ?? map.items.at(-1);
  if (near === undefined) throw new BrokenConfig('The map is empty.');
  const from = rangeOf(near.key)[0];
  const gap = lineEndOf(text) + ' '.repeat(from - lineStart(text, from));
  if (next !== undefined) return { from, to: from, text: line + gap };
  const end = lineEndAfter(text, pairEnd(text, near));
  return { from: end, to: end, text: gap + line };
}

/** With its line; the first of an item of a list leaves its place behind the dash to the next. */
function removal(text: string, map: YAMLMap<Scalar, Node | null>, at: number): TextEdit {
  const pair = map.items[at] as Pair<Scalar, Node | null>;
  const next = map.items[at + 1];
  const from = rangeOf(pair.key)[0];
  const start = lineStart(text, from);
  if (text.slice(start, from).trim() !== '') {
    if (next === undefined) throw new BrokenConfig('The map would be empty.');
    return { from, to: rangeOf(next.key)[0], text: '' };
  }
  const end = lineEndAfter(text, pairEnd(text, pair));
  const lineEnd = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { from: start, to: end + lineEnd, text: '' };
}

function pairEnd(text: string, { key, value }: Pair<Scalar, Node | null>): number {
  return value === null || rangeOf(value)[1] <= rangeOf(key)[1] ? rangeOf(key)[1] + 1 : endOf(text, value);
}

/** Of a block the white space behind it counts to it, which is not its own. */
function endOf(text: string, node: Node): number {
  const [from, to] = rangeOf(node);
  return from + text.slice(from, to).trimEnd().length;
}

function rangeOf(node: Node): readonly [number, number] {
  if (node.range == null) throw new BrokenConfig('A part of it has no place.');
  return [node.range[0], node.range[1]];
}

function lineEndAfter(text: string, at: number): number {
  const end = /\r?\n/.exec(text.slice(at));
  return end === null ? text.length : at + end.index;
}

interface Manner {
  readonly isPadded?: boolean;
  /** What it comes in the place of: its quotes are taken over. */
  readonly like?: Node;
}

function renderedNew(value: unknown, { isPadded = true, like }: Manner = {}): string {
  const node = new Document(value).createNode(value, { flow: true });
  if (isScalar(node) && isScalar(like) && /^QUOTE/.test(like.type ?? '')) node.type = like.type ?? 'PLAIN';
  return rendered(node, { isPadded: Array.isArray(value) && like === undefined ? false : isPadded });
}

function rendered(node: Node, { isPadded }: { readonly isPadded: boolean }): string {
  const alone = new Document();
  alone.contents = node as never;
  return alone.toString({ lineWidth: 0, flowCollectionPadding: isPadded }).trimEnd();
}
