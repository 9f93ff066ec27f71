import { Document, isMap, isScalar, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import type { DocumentPath } from '../../../core/clients/config-document.ts';
import type { EntryEdit } from '../../../core/wrap/entry-change.ts';
import { BrokenConfig } from '../broken-config.ts';
import { lineEndOf, lineStart, withEdit } from './text-edit.ts';

/** YAML. An entry that changes is written anew, with its comments; the text around it is not touched. */
export function editYaml(text: string, edits: readonly EntryEdit[]): string {
  return edits.reduce((whole, edit) => editedEntry(whole, edit), text);
}

function editedEntry(text: string, { at, changes }: EntryEdit): string {
  const document = parseDocument(text, { logLevel: 'error' });
  const entry = document.getIn([...at], true);
  if (!isMap(entry) || entry.range == null) throw new BrokenConfig('The entry is no map.');
  for (const change of changes) setInMap(document, entry, change.path, change.value, change.before);
  const [from, end] = entry.range;
  const column = from - lineStart(text, from);
  const lineEnd = lineEndOf(text);
  const body = text.slice(from, end).trimEnd();
  const indented = renderedMap(entry, text).replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(column)}`);
  return withEdit(text, { from, to: from + body.length, text: indented.replaceAll('\n', lineEnd) });
}

function setInMap(document: Document, map: YAMLMap, path: DocumentPath, value: unknown, before?: string): void {
  const [key, ...rest] = path;
  if (rest.length > 0) {
    const inner = map.get(key, true);
    if (isMap(inner)) setInMap(document, inner, rest, value, before);
    else if (value !== undefined)
      setInMap(document, map, [key as string], Object.fromEntries([[String(rest[0]), value]]));
    return;
  }
  if (value === undefined) {
    map.delete(key);
    return;
  }
  const held = map.get(key, true) as Node | undefined;
  const node = document.createNode(value, { flow: !isMap(held) || held.flow === true });
  if (held === undefined) {
    insert(document.createPair(key, node), map, before);
    return;
  }
  node.comment = held.comment ?? null;
  if (isScalar(held) && isScalar(node) && held.type !== undefined && !/^BLOCK/.test(held.type)) node.type = held.type;
  if (!isScalar(held) && 'flow' in held && 'flow' in node) node.flow = held.flow === true;
  map.set(key, node);
}

function insert(pair: Pair, map: YAMLMap, before: string | undefined): void {
  const at = map.items.findIndex(({ key }) => isScalar(key) && key.value === before);
  // What comes first keeps the comment above it.
  map.items.splice(at < 0 ? map.items.length : at, 0, pair as never);
}

function renderedMap(entry: YAMLMap, text: string): string {
  const alone = new Document();
  // What stands above the entry and behind it is not part of what is written anew.
  entry.commentBefore = null;
  entry.comment = null;
  alone.contents = entry as never;
  const indent = /^[^\s#][^\n]*:[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)[^\s-]/m.exec(text)?.[1]?.length ?? 2;
  const isPadded = /[{[] /.test(text);
  return alone.toString({ lineWidth: 0, indent, flowCollectionPadding: isPadded }).trimEnd();
}
