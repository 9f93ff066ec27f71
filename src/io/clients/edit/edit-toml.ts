import type { DocumentPath } from '../../../core/clients/config-document.ts';
import { isObject } from '../../../core/tool.ts';
import { changedContent, type EntryEdit, valueAt } from '../../../core/wrap/entry-change.ts';
import { BrokenConfig } from '../broken-config.ts';
import { parseToml } from '../toml-config.ts';
import { lineEndOf, withEdit } from './text-edit.ts';
import { type TomlStatement, tomlStatements } from './toml-statements.ts';

/** TOML. Only the assignments that change are written anew. */
export function editToml(text: string, edits: readonly EntryEdit[]): string {
  return edits.reduce(
    (whole, { at, changes }) =>
      changes.reduce((now, { path, value, before }) => {
        const content = changedContent(parseToml(now).content, [{ at, changes: [{ path, value }] }]);
        return changed(now, [...at, ...path], { content, entry: at, before });
      }, whole),
    text,
  );
}

interface Change {
  /** What the text is to say. */
  readonly content: unknown;
  readonly entry: DocumentPath;
  readonly before: string | undefined;
}

function changed(text: string, path: DocumentPath, { content, entry, before }: Change): string {
  const statements = tomlStatements(text);
  const holder = statements.find((statement) => statement.kind === 'pair' && startsWith(path, statement.path));
  const value = valueAt(content, path);
  if (holder !== undefined && (value !== undefined || holder.path.length < path.length))
    return withEdit(text, {
      from: holder.valueFrom,
      to: holder.valueTo,
      text: rendered(valueAt(content, holder.path)),
    });
  const below = statements.filter((statement) => startsWith(statement.path, path));
  if (below.length > 0) {
    const cleared = below.reduceRight((now, { from, to }) => withoutLines(now, from, to), text);
    return value === undefined ? cleared : changed(cleared, path, { content, entry, before });
  }
  if (value === undefined) return text;
  return insertion(text, statements, path, { content, entry, before });
}

/** With the white space in front, which is on the same line. */
function withoutLines(text: string, from: number, to: number): string {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  return text.slice(0, start) + text.slice(to);
}

function insertion(text: string, statements: readonly TomlStatement[], path: DocumentPath, change: Change): string {
  const table = path.slice(0, -1);
  const key = String(path.at(-1));
  const header = statements.find(({ kind, path: at }) => kind === 'table' && isSame(at, table));
  if (header === undefined) {
    // A table that is nowhere is written inside the entry's own.
    if (table.length <= change.entry.length) throw new BrokenConfig('The entry has no table of its own.');
    return insertion(text, statements, table, change);
  }
  const own = statements.filter((statement) => statement.kind === 'pair' && statement.table === header.table);
  const next = own.find(({ path: at }) => at.length === path.length && at.at(-1) === change.before);
  const last = own.at(-1) ?? header;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', (next ?? last).from - 1) + 1))?.[0] ?? '';
  const lineEnd = lineEndOf(text);
  const line = `${indent}${keyText(key)} = ${rendered(valueAt(change.content, path))}`;
  const at = next === undefined ? last.to : text.lastIndexOf('\n', next.from - 1) + 1;
  const isEnded = at === 0 || text[at - 1] === '\n';
  return withEdit(text, { from: at, to: at, text: isEnded ? line + lineEnd : lineEnd + line });
}

function rendered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(rendered).join(', ')}]`;
  if (isObject(value) && !(value instanceof Date)) {
    const members = Object.entries(value).map(([key, member]) => `${keyText(key)} = ${rendered(member)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new BrokenConfig('A value is of a kind that is not written anew.');
}

/** JSON escapes all that TOML does, but for one control character. */
const textOf = (text: string): string => JSON.stringify(text).replaceAll('\u007F', '\\u007F');

const keyText = (key: string): string => (/^[A-Za-z0-9_-]+$/.test(key) ? key : textOf(key));

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.length <= path.length && start.every((key, at) => key === path[at]);
}

const isSame = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean =>
  a.length === b.length && startsWith(a, b);
