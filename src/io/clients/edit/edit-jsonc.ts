import { createScanner, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { DocumentPath } from '../../../core/clients/config-document.ts';
import type { EntryEdit } from '../../../core/wrap/entry-change.ts';
import { indentAt, lineEndOf, lineStart, type TextEdit, withEdit } from './text-edit.ts';

/** JSON with comments. Only the values and keys that change are written anew, in the manner of what stands around them. */
export function editJsonc(text: string, edits: readonly EntryEdit[]): string {
  return edits.reduce(
    (whole, { at, changes }) =>
      changes.reduce((now, { path, value, before }) => changed(now, [...at, ...path], value, before), whole),
    text,
  );
}

function changed(text: string, path: DocumentPath, value: unknown, before: string | undefined): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtLocation(root, [...path]);
  if (node !== undefined) {
    if (value === undefined) return withEdit(text, removal(text, node.parent as Node));
    return withEdit(text, { from: node.offset, to: node.offset + node.length, text: rendered(text, node, value) });
  }
  const parent = root && findNodeAtLocation(root, path.slice(0, -1));
  if (value === undefined) return text;
  const key = String(path.at(-1));
  if (parent?.type !== 'object') return changed(text, path.slice(0, -1), { [key]: value }, undefined);
  return withEdit(text, insertion(text, parent, { key, value, before }));
}

/** On one line where what is replaced is on one, or is short and no object or list. */
function rendered(text: string, node: Node, value: unknown): string {
  const isOnOneLine = !text.slice(node.offset, node.offset + node.length).includes('\n');
  return written(text, node.offset, value, { isOnOneLine: isOnOneLine && node.type !== 'null' });
}

function written(text: string, at: number, value: unknown, { isOnOneLine }: { isOnOneLine: boolean }): string {
  if (isOnOneLine) return onOneLine(value);
  return JSON.stringify(value, null, indentUnit(text)).replaceAll('\n', lineEndOf(text) + indentAt(text, at));
}

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** What one level is indented by: by how much the first line in a brace is deeper than that of the brace. */
function indentUnit(text: string): string {
  const [, outer = '', inner = ''] = /^([ \t]*)[^\n]*[{[][ \t]*\r?\n([ \t]+)[^\s]/m.exec(text) ?? [];
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
}

interface NewMember {
  readonly key: string;
  readonly value: unknown;
  readonly before: string | undefined;
}

function insertion(text: string, object: Node, { key, value, before }: NewMember): TextEdit {
  const { offset, length, children = [] } = object;
  const name = `${JSON.stringify(key)}: `;
  const isOnOneLine = !text.slice(offset, offset + length).includes('\n');
  const last = children.at(-1);
  if (last === undefined) {
    const inside = isOnOneLine ? ` ${name}${onOneLine(value)} ` : emptyInside(text, object, name + onOneLine(value));
    return { from: offset + 1, to: isOnOneLine ? offset + length - 1 : offset + 1, text: inside };
  }
  const next = children.find((member) => member.children?.[0]?.value === before);
  const near = next ?? last;
  const startsLine = text.slice(lineStart(text, near.offset), near.offset).trim() === '';
  const gap = startsLine ? lineEndOf(text) + indentAt(text, near.offset) : ' ';
  const member = name + written(text, near.offset, value, { isOnOneLine: isOnOneLine || !startsLine });
  if (next !== undefined) return { from: next.offset, to: next.offset, text: `${member},${gap}` };
  const end = last.offset + last.length;
  return { from: end, to: end, text: `,${gap}${member}` };
}

/** Inside braces on lines of their own, which hold nothing but comments. */
function emptyInside(text: string, { offset }: Node, member: string): string {
  return lineEndOf(text) + indentAt(text, offset) + indentUnit(text) + member;
}

/** A member with the comma that is its own, and its line where nothing else is on it. Comments around it stay. */
function removal(text: string, member: Node): TextEdit {
  const siblings = member.parent?.children ?? [];
  const at = siblings.indexOf(member);
  const end = member.offset + member.length;
  const comma = commaAfter(text, end);
  if (comma !== null) return withWholeLine(text, member.offset, comma + 1);
  const previous = siblings[at - 1];
  if (previous === undefined) return withWholeLine(text, member.offset, end);
  // The comma in front of it would be left over.
  const before = commaAfter(text, previous.offset + previous.length) ?? member.offset;
  const { from, to } = withWholeLine(text, member.offset, end);
  return { from: before, to, text: text.slice(before + 1, Math.max(from, before + 1)) };
}

function withWholeLine(text: string, from: number, to: number): TextEdit {
  const start = lineStart(text, from);
  const rest = /^[ \t]*(\r?\n)?/.exec(text.slice(to)) ?? [''];
  const isWhole = text.slice(start, from).trim() === '' && rest[1] !== undefined;
  return isWhole ? { from: start, to: to + rest[0].length, text: '' } : { from, to: to + blanksAt(text, to), text: '' };
}

const blanksAt = (text: string, at: number): number => /^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0;

/** Where the next comma is, if nothing but comments is in front of it. */
function commaAfter(text: string, at: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(at);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : null;
}
